import { lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { showTheme, SignIn, startLanguage, useSession } from '#kit/base';
import { client } from './client.ts';
import './merchant.css';
import { texts } from './texts.ts';

const Console = lazy(() => import('./console.tsx'));

/** The way in weighs little; the console comes behind it. */
function App() {
  const { t } = useTranslation();
  const session = useSession();
  useEffect(() => {
    document.title = `${t('m.title')} · Tillback`;
  });
  if (!session) return <SignIn client={client} title={t('m.title')} />;
  return (
    <Suspense fallback={<main className="page" aria-busy="true" />}>
      <Console key={session.token} />
    </Suspense>
  );
}

showTheme();
await startLanguage(texts);
createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
