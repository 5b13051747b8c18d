import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Messages } from 'antd';
import { useState } from 'react';
import { BrowserRouter, NavLink, Route, Routes } from 'react-router';
import { setSession, Switches, useTranslation, addTexts } from '#kit/base';
import { setZone } from '#kit/time';
import { Answer, ConsoleTheme, useAnswer } from '#kit/console';
import { client } from './client.ts';
import { Home } from './home.tsx';
import { OfferList } from './offer-list.tsx';
import { PaymentList } from './payment-list.tsx';
import { PaymentPage } from './payment-page.tsx';
import { texts } from './texts.ts';

addTexts(texts);

const PAGES = [
  ['/', 'home'],
  ['/payments', 'payments'],
  ['/offers', 'offers'],
] as const;

export default function Console() {
  const [queries] = useState(() => new QueryClient());
  return (
    <ConsoleTheme>
      <Messages>
        <QueryClientProvider client={queries}>
          <BrowserRouter basename="/m">
            <Frame />
          </BrowserRouter>
        </QueryClientProvider>
      </Messages>
    </ConsoleTheme>
  );
}

function Frame() {
  const { t } = useTranslation();
  // The pages tell times in the org's zone, so they come behind it.
  const org = useAnswer(client, 'readOrg', {});
  if (org.data) setZone(org.data.zone);
  return (
    <div className="console">
      <header className="console-bar">
        <span className="seal small" aria-hidden="true">
          返
        </span>
        <nav aria-label={t('m.menu')}>
          {PAGES.map(([path, name]) => (
            <NavLink key={path} to={path} end={path === '/'}>
              {t(`m.${name}`)}
            </NavLink>
          ))}
        </nav>
        <span className="console-end">
          <Switches />
          <button type="button" className="button quiet" onClick={signOut}>
            {t('kit.sign_out')}
          </button>
        </span>
      </header>
      <main className="page">
        <Answer query={org}>{() => <Pages />}</Answer>
      </main>
    </div>
  );
}

function Pages() {
  return (
    <Routes>
      <Route path="/" element={<Home />} />
      <Route path="/payments" element={<PaymentList />} />
      <Route path="/payments/:payment" element={<PaymentPage />} />
      <Route path="/offers" element={<OfferList />} />
    </Routes>
  );
}

function signOut() {
  void client.call('signOut', {}).catch(() => undefined);
  setSession(null);
}
