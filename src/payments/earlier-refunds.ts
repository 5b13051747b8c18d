import { int8s, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';

/** What earlier refunds of a payment settled. */
export interface Earlier {
  /** fen withheld, that count as given back. */
  readonly withheld: number;
  /** Taken back per decision by its number, in its unit. */
  readonly taken: ReadonlyMap<number, number>;
}

export const NOTHING_EARLIER: Earlier = { withheld: 0, taken: new Map() };

/** What a refund wrote of one decision, as far as a later one looks at it. */
interface Written {
  readonly decisionNo: number;
  readonly amount: number;
  /** What was to go back of it, where it was not there. */
  readonly target?: number;
}

interface Row {
  readonly org_id: number;
  readonly payment_id: string;
  readonly withheld: number;
  readonly clawback: readonly Written[];
}

/** By "org/payment"; payments without refunds have none. For a hot write: lock the payments first. */
export async function readEarlier(
  tx: Tx,
  payments: readonly Scoped<string>[],
): Promise<Map<string, Earlier>> {
  const rows = await tx.prepared<Row>(
    'payments_earlier',
    `select r.org_id, r.payment_id, r.withheld, r.clawback
       from (select distinct * from unnest($1::bigint[], $2::uuid[]) d(o, p)) u
       join payments.refund r on r.org_id = u.o and r.payment_id = u.p`,
    [int8s(payments.map(({ org }) => org)), uuids(payments.map(({ value }) => value))],
  );
  const found = new Map<string, Earlier>();
  for (const { org_id: org, payment_id: payment, withheld, clawback } of rows) {
    const key = `${org}/${payment}`;
    const taken = clawback.map(({ decisionNo, amount, target = amount }) => {
      return [decisionNo, target] as const;
    });
    found.set(key, withMore(found.get(key) ?? NOTHING_EARLIER, { withheld, taken }));
  }
  return found;
}

/** With one refund more. */
export function withMore(
  earlier: Earlier,
  {
    withheld,
    taken,
  }: { readonly withheld: number; readonly taken: Iterable<readonly [number, number]> },
): Earlier {
  const sums = new Map(earlier.taken);
  for (const [no, amount] of taken) sums.set(no, (sums.get(no) ?? 0) + amount);
  return { withheld: earlier.withheld + withheld, taken: sums };
}
