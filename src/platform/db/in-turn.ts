import type { Tx } from './transact.ts';

/**
 * A transaction that sends one statement after the answer to the one before, however they are issued: for parts of
 * the record, which issue theirs together, in an ordinary transaction, whose connection has no pipeline.
 */
export function inTurn(tx: Tx): Tx {
  let last: Promise<unknown> = Promise.resolve();
  const turn = <T>(send: () => Promise<T>): Promise<T> => {
    const sent = last.then(send);
    last = sent.catch(() => undefined);
    return sent;
  };
  return {
    remembered: tx.remembered,
    query: (text, params) => turn(() => tx.query(text, params)),
    execute: (text, params) => turn(() => tx.execute(text, params)),
    prepared: (name, text, params) => turn(() => tx.prepared(name, text, params)),
    change: (name, text, params, expected) => turn(() => tx.change(name, text, params, expected)),
    join: (name, text, params, expected) => turn(() => tx.join(name, text, params, expected)),
  };
}
