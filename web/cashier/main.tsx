import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { moneyText, openClient, session, showTheme, startLanguage, language } from '#kit/base';

showTheme();
await startLanguage({ 'zh-CN': {}, en: {} });
const client = openClient({ token: () => session()?.token ?? null, language, onSignedOut() {} });
void client;
createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <p className="number">{moneyText(123450)}</p>
  </StrictMode>,
);
