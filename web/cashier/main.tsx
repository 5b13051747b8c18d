import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { showTheme, startLanguage } from '#kit/base';
import { App } from './app.tsx';
import './cashier.css';
import { texts } from './texts.ts';

showTheme();
await startLanguage(texts);
createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
