import type pg from 'pg';
import { freshPlans } from './fresh-plans.ts';
import { orgsSetting } from './orgs-setting.ts';
import { together } from './together.ts';

export interface LookUps {
  /** Rows of one prepared statement in a read-only transaction of its own, in a single round trip. */
  lookUp<T>(
    orgs: readonly number[],
    name: string,
    text: string,
    params: readonly unknown[],
  ): Promise<T[]>;
  close(): Promise<void>;
}

/** Look-ups over one pipelined connection: begin, statement and commit travel together. */
export function openLookUps(open: () => Promise<pg.Client>): LookUps {
  let opening: Promise<pg.Client> | undefined;
  const forget = () => (opening = undefined);
  const connected = () => {
    opening ??= open().then((client) => client.once('end', forget));
    opening.catch(forget);
    return opening;
  };
  return {
    async lookUp<T>(
      orgs: readonly number[],
      name: string,
      text: string,
      params: readonly unknown[],
    ) {
      const client = await connected();
      freshPlans(client);
      const [began, found, ended] = await together(client, () =>
        Promise.allSettled([
          client.query(`begin read only; ${orgsSetting(orgs)}`),
          client.query({ name, text, values: params as unknown[] }),
          client.query('commit'),
        ]),
      );
      if (found.status === 'rejected') throw found.reason;
      if (began.status === 'rejected') throw began.reason;
      if (ended.status === 'rejected') throw ended.reason;
      return found.value.rows as T[];
    },
    async close() {
      const client = await opening?.catch(() => undefined);
      await client?.end();
    },
  };
}
