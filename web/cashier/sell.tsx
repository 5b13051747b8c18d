import { useRef } from 'react';
import { language } from '#kit/base';
import { Bar } from './bar.tsx';
import { Done } from './done.tsx';
import { GiveBack } from './give-back.tsx';
import { HeldList } from './held-list.tsx';
import { Help } from './help.tsx';
import { Lines } from './lines.tsx';
import { Pay } from './pay.tsx';
import type { Shop } from './receipt.tsx';
import { Side } from './side.tsx';
import { Universal } from './universal.tsx';
import { useCatalogue } from './use-catalogue.ts';
import { useKeys } from './use-keys.ts';
import { useQuote } from './use-quote.ts';
import { type Till, useTill } from './use-till.ts';

interface Props {
  readonly store: Shop & { readonly code: string };
  readonly onLeave: () => void;
}

/** The one screen of the till: what is sold on the left, what it comes to on the right. */
export function Sell({ store, onLeave }: Props) {
  const catalogue = useCatalogue();
  const till = useTill(catalogue);
  const { basket, act, sale, sheet, show, selling } = till;
  const quoted = useQuote(store.code, basket);
  const input = useRef<HTMLInputElement>(null);
  const settle = () => (selling ? show('pay') : undefined);
  const exact = () => (selling && sheet === 'none' ? show('exact') : undefined);
  useKeys({
    Escape: () => show('none'),
    F1: () => show('help'),
    F2: () => input.current?.focus(),
    F6: till.hold,
    'Shift+F6': () => show('held'),
    F7: () => show('give_back'),
    F9: settle,
    F11: till.again,
    ' ': exact,
  });
  return (
    <div className="till">
      <Bar till={till} store={store.name[language() === 'en' ? 'en' : 'zh']} onLeave={onLeave} />
      <main className="counter">
        <section className="ring">
          <Universal till={till} catalogue={catalogue} input={input} />
          {sale ? (
            <Done sale={sale} store={store} onNext={till.begin} />
          ) : (
            <Lines basket={basket} quote={quoted.quote} act={act} />
          )}
        </section>
        {sale ? null : (
          <Side basket={basket} quoted={quoted} act={act} onPay={settle} onExact={exact} />
        )}
      </main>
      <Sheets till={till} store={store.code} due={quoted.quote?.due ?? null} />
    </div>
  );
}

interface SheetsProps {
  readonly till: Till;
  readonly store: string;
  readonly due: number | null;
}

function Sheets({ till, store, due }: SheetsProps) {
  const { sheet, show, basket } = till;
  const close = () => show('none');
  switch (sheet) {
    case 'none':
      return null;
    case 'pay':
    case 'exact':
      return (
        <Pay
          store={store}
          basket={basket}
          due={due}
          exact={sheet === 'exact'}
          onClose={close}
          onPaid={till.paid}
        />
      );
    case 'held':
      return <HeldList held={till.held} onClose={close} onRecall={till.recall} />;
    case 'give_back':
      return <GiveBack number={till.receipt} onClose={close} />;
    case 'help':
      return <Help onClose={close} />;
  }
}
