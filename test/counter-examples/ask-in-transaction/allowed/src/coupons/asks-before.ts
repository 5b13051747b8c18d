import { ask } from '#platform/outside';
import { transact, type Tx } from '#platform/db/transact';

export async function claim(code: string): Promise<unknown> {
  const answer: unknown = await ask(code);
  return transact((tx: Tx) => tx.execute('select $1', [answer]));
}
