import { setSession, Switches, useTranslation } from '#kit/base';
import { client } from './client.ts';
import type { Till } from './use-till.ts';
import { useOnline } from './use-online.ts';

interface Props {
  readonly till: Till;
  readonly store: string;
  readonly onLeave: () => void;
}

/** The one strip above the counter: where we are, and what is not the next sale. */
export function Bar({ till, store, onLeave }: Props) {
  const { t } = useTranslation();
  const online = useOnline();
  const acts = [
    ['hold', 'F6', till.hold],
    ['recall', '⇧F6', () => till.show('held')],
    ['give_back', 'F7', () => till.show('give_back')],
    ['help', 'F1', () => till.show('help')],
  ] as const;
  return (
    <header className="bar">
      <h1 className="visually-hidden">{t('till.title')}</h1>
      <span className="seal small" aria-hidden="true">
        返
      </span>
      <button type="button" className="button quiet" onClick={onLeave}>
        {store}
      </button>
      {online ? null : (
        <span className="pill warning" role="status">
          {t('till.offline')}
        </span>
      )}
      <nav aria-label={t('till.title')}>
        {acts.map(([name, key, act]) => (
          <button key={name} type="button" className="button quiet" onClick={act}>
            {t(`till.${name}`)}
            {name === 'recall' && till.held.length > 0 ? ` (${till.held.length})` : ''}{' '}
            <kbd>{key}</kbd>
          </button>
        ))}
        <Switches />
        <button type="button" className="button quiet" onClick={signOut}>
          {t('kit.sign_out')}
        </button>
      </nav>
    </header>
  );
}

function signOut() {
  // The session ends here even if the server cannot be told.
  void client.call('signOut', {}).catch(() => undefined);
  setSession(null);
}
