import { addDays, daysBetween } from '#kernel/day';
import { type FunderSums, type OfferRow, reportOffers } from '#insights';
import type { Database } from '#platform/db/transact';
import { orgByNumber } from '#merchants';
import { budgetFor } from '#partners';
import { systemCtx } from '../system-ctx.ts';

/** What stands in the books of the merchant after a replay. fen. */
export interface Posted {
  readonly tickets: number;
  readonly gross: number;
  readonly discount: number;
  /** Gross of all that went back. */
  readonly returns: number;
  readonly paid: number;
  readonly refunded: number;
  /** The account sales.cash of the ledger. */
  readonly sales: number;
  /** The account cash.till of the ledger. */
  readonly till: number;
  readonly members: number;
}

export interface OfferSummed {
  readonly code: string;
  readonly kind: OfferRow['kind'];
  readonly grants: number;
  readonly amount: number;
  readonly reversed: number;
  readonly funders: readonly FunderSummed[];
}

export interface FunderSummed {
  readonly party: FunderSums['party'];
  readonly funder: string;
  readonly budget: string | null;
  readonly amount: number;
  readonly reversed: number;
}

/** Reads the books: the same after one run, two runs, or an interrupted one that was taken up again. */
export async function postedIn(db: Database, org: number): Promise<Posted> {
  return db.read([org], async (tx) => {
    const [sold] = await tx.query<
      Pick<Posted, 'tickets' | 'gross' | 'discount' | 'paid' | 'members'>
    >(
      `select count(*) tickets, coalesce(sum(gross), 0)::bigint gross, coalesce(sum(discount), 0)::bigint discount,
              coalesce(sum(due), 0)::bigint paid, count(distinct member_id) members
         from payments.v_sale where org_id = $1`,
      [org],
    );
    const [back] = await tx.query<Pick<Posted, 'returns' | 'refunded'>>(
      `select coalesce(sum(gross), 0)::bigint as returns, coalesce(sum(amount), 0)::bigint refunded
         from payments.v_refund where org_id = $1`,
      [org],
    );
    const [book] = await tx.query<Pick<Posted, 'sales' | 'till'>>(
      `select coalesce(-sum(amount) filter (where code = '3010'), 0)::bigint sales,
              coalesce(sum(amount) filter (where code = '1150'), 0)::bigint till
         from ledger.v_leg where org_id = $1`,
      [org],
    );
    return { ...sold, ...back, ...book } as Posted;
  });
}

const DAYS_A_REPORT = 366;

/** What the offers granted and took back from `from` to `to`, per payer, by code. */
export async function offersIn(
  db: Database,
  org: number,
  { from, to, now }: { readonly from: string; readonly to: string; readonly now: Date },
): Promise<OfferSummed[]> {
  const ctx = systemCtx(org, 'replay', now);
  const rows: OfferRow[] = [];
  for (let day = from; daysBetween(day, to) >= 0; day = addDays(day, DAYS_A_REPORT)) {
    const last = addDays(day, DAYS_A_REPORT - 1);
    const until = daysBetween(last, to) < 0 ? to : last;
    rows.push(...(await reportOffers(db, ctx, { from: day, to: until })).rows);
  }
  const groups = Map.groupBy(rows, ({ offer_id: id, kind }) => `${id}/${kind}`);
  const summed = [...groups.values()].map((group) => summedOffer(db, org, group));
  return (await Promise.all(summed)).toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

async function summedOffer(
  db: Database,
  org: number,
  rows: readonly OfferRow[],
): Promise<OfferSummed> {
  const { code, kind } = rows[0] as OfferRow;
  const payers = Map.groupBy(
    rows.flatMap(({ funders }) => funders),
    ({ party, funder_org: funder, budget }) => `${party}/${funder}/${budget}`,
  );
  const funders = [...payers.values()].map((parts) => summedFunder(db, org, parts));
  return {
    code,
    kind,
    grants: total(rows, 'grants'),
    amount: total(rows, 'amount'),
    reversed: total(rows, 'reversed'),
    funders: await Promise.all(funders),
  };
}

async function summedFunder(
  db: Database,
  org: number,
  parts: readonly FunderSums[],
): Promise<FunderSummed> {
  const { party, funder_org: funder, budget } = parts[0] as FunderSums;
  const payer = await orgByNumber(db, funder ?? org);
  return {
    party,
    funder: payer?.code ?? String(funder ?? org),
    budget: budget === null || funder === null ? null : (await budgetFor(db, funder, budget)).code,
    amount: total(parts, 'amount'),
    reversed: total(parts, 'reversed'),
  };
}

function total<K extends string>(rows: readonly Readonly<Record<K, number>>[], name: K): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}
