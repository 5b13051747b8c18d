import { useEffect, useState } from 'react';
import {
  type Answered,
  Fault,
  language,
  type Operations,
  SignIn,
  useSession,
  useTranslation,
} from '#kit/base';
import { setZone } from '#kit/time';
import { client } from './client.ts';
import { Sell } from './sell.tsx';

type Store = Answered<Operations['listStores']>['items'][number];

/** Signed in, then at a store, then selling. */
export function App() {
  const { t } = useTranslation();
  const session = useSession();
  useEffect(() => {
    document.title = `${t('till.title')} · Tillback`;
  });
  if (!session) return <SignIn client={client} title={t('till.title')} />;
  return <AtStore key={session.token} />;
}

const NAME = 'tillback.store';

function AtStore() {
  const { t } = useTranslation();
  const [stores, setStores] = useState<readonly Store[] | null>(null);
  const [store, setStore] = useState<Store | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    setError(null);
    async function open() {
      try {
        const stores = await openStores(stop.signal);
        const chosen = localStorage.getItem(NAME);
        setStores(stores);
        setStore(stores.find(({ code }) => stores.length === 1 || code === chosen) ?? null);
      } catch (cause) {
        if (!stop.signal.aborted) setError(cause);
      }
    }
    void open();
    return () => stop.abort();
  }, [attempt]);
  if (error !== null) {
    return (
      <main className="middle">
        <Fault error={error} onRetry={() => setAttempt(attempt + 1)} />
      </main>
    );
  }
  if (stores === null) return <main className="middle">{t('till.loading')}</main>;
  if (store) return <Sell store={store} onLeave={() => setStore(null)} />;
  return (
    <main className="middle">
      <h1>{t('till.choose_store')}</h1>
      <ul className="choices">
        {stores.map((each) => (
          <li key={each.store_id}>
            <button
              type="button"
              className="button large"
              onClick={() => {
                localStorage.setItem(NAME, each.code);
                setStore(each);
              }}
            >
              {each.name[language() === 'en' ? 'en' : 'zh']}{' '}
              <span className="faint">{each.code}</span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  );
}

/** The open stores in which who signed in may act. */
async function openStores(signal: AbortSignal): Promise<readonly Store[]> {
  const [{ items }, { stores }, { zone }] = await Promise.all([
    client.call('listStores', {}, { signal }),
    client.call('whoAmI', {}, { signal }),
    client.call('readOrg', {}, { signal }),
  ]);
  setZone(zone);
  return items.filter(
    ({ status, store_id: id }) => status === 'active' && (stores === null || stores.includes(id)),
  );
}
