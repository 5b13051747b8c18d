import { stockBreaches } from '#catalog';
import { dayOf } from '#kernel/day';
import { allOrgs } from '#merchants';
import { couponsInvariants } from '#coupons';
import { offersInvariants } from '#offers';
import { paymentsInvariants } from '#payments';
import type { Invariant } from '#platform/invariant';
import { rewardsInvariants } from '#rewards';
import { auditBooks } from '../../src/cli/audit/audit-books.ts';
import type { App } from '../../src/app.ts';
import type { Acknowledged } from './till.ts';

/** What the books say after the crashes, held against what the customers were told. */
export interface Verdict {
  readonly sales: number;
  readonly backs: number;
  /** Acknowledged, but not in the books with the same figures. */
  readonly lost: readonly string[];
  /** In the books, but acknowledged under no key or under two. */
  readonly doubled: readonly string[];
  /** Names of the invariants of the audit that are broken, with their rows. */
  readonly breaches: readonly string[];
}

interface Booked {
  readonly id: string;
  readonly amount: number;
  readonly gross: number;
}

/** Holds every acknowledged answer against the books, both ways, and proves all that the audit proves. */
export async function prove(
  app: App,
  acknowledged: readonly Acknowledged[],
  anchorFile = 'none',
): Promise<Verdict> {
  await app.relay.settle();
  const orgs = (await allOrgs(app.db)).map(({ id }) => id);
  const booked = new Map<string, Booked>();
  const doubled: string[] = [];
  for (const row of await rowsOf(app, orgs)) booked.set(row.id, row);
  const told = new Map<string, Acknowledged>();
  for (const answer of acknowledged) {
    const before = told.get(answer.id);
    if (before) doubled.push(`${answer.id} was told under ${before.key} and ${answer.key}`);
    told.set(answer.id, answer);
  }
  for (const id of booked.keys()) if (!told.has(id)) doubled.push(`${id} was told under no key`);
  const lost = acknowledged.filter(({ id, amount, gross }) => {
    const row = booked.get(id);
    return row?.amount !== amount || row.gross !== gross;
  });
  const sales = acknowledged.filter(({ kind }) => kind === 'sale');
  return {
    sales: sales.length,
    backs: acknowledged.length - sales.length,
    lost: lost.map((each) => JSON.stringify(each)),
    doubled,
    breaches: await brokenInvariants(app, orgs, anchorFile),
  };
}

function rowsOf(app: App, orgs: readonly number[]): Promise<Booked[]> {
  return app.db.read(orgs, (tx) =>
    tx.query<Booked>(
      `select payment_id as id, due as amount, gross from payments.payment where org_id = any($1)
       union all
       select refund_id, amount, gross from payments.refund where org_id = any($1)`,
      [orgs],
    ),
  );
}

const stock: Invariant = {
  id: 'catalog.stock',
  says: { zh: '库存等于各次变动之和', en: 'stock is the sum of its moves' },
  breaches: (tx) => stockBreaches(tx),
};

/** Names and first rows of what the audit of all rooms finds broken. */
export async function brokenInvariants(
  app: App,
  orgs: readonly number[],
  anchorFile = 'none',
): Promise<string[]> {
  const { text } = await auditBooks(
    {
      db: app.db,
      orgs,
      today: (org) => dayOf(app.clocks.now(org), 'Asia/Shanghai'),
      anchorFile,
      more: [
        ...offersInvariants,
        ...couponsInvariants,
        ...rewardsInvariants((org) => ({ now: app.clocks.now(org), zone: 'Asia/Shanghai' })),
        ...paymentsInvariants,
        stock,
      ],
    },
    { json: true, locale: 'en' },
  );
  const { invariants } = JSON.parse(text) as {
    invariants: { id: string; ok: boolean; says: string; breaches: unknown[] }[];
  };
  return invariants
    .filter(({ ok }) => !ok)
    .map(({ id, says, breaches }) => `${id} ${says}: ${JSON.stringify(breaches.slice(0, 3))}`);
}
