import { lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { showTheme, SignIn, startLanguage, useSession, useTranslation, kitTexts } from '#kit/base';
import { client } from './client.ts';
import './merchant.css';

const Console = lazy(() => import('./console.tsx'));

/** The way in weighs little; the console comes behind it. */
function App() {
  const { t } = useTranslation();
  const session = useSession();
  useEffect(() => {
    document.title = `${t('front.title')} · Tillback`;
  });
  if (!session) return <SignIn client={client} title={t('front.title')} />;
  return (
    <Suspense fallback={<main className="page" aria-busy="true" />}>
      <Console key={session.token} />
    </Suspense>
  );
}

showTheme();
await startLanguage({
  'zh-CN': { ...kitTexts['zh-CN'], front: { title: '商户后台' } },
  en: { ...kitTexts.en, front: { title: 'Merchant console' } },
});
createRoot(document.querySelector('#root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
