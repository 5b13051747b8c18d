import { ask } from '#platform/outside';
import { transact, type Tx } from '#platform/db/transact';

export const claim = (code: string): Promise<unknown> =>
  transact(async (tx: Tx) => {
    await tx.execute('select 1');
    return ask(code);
  });
