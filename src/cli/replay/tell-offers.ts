import type { BenefitKind } from '#offers';
import type { Database } from '#platform/db/transact';
import { orgByNumber } from '#merchants';
import { type OfferRows, readOfferRows } from './offer-rows.ts';
import type { Stage } from './stage.ts';

export type Unit = 'fen' | 'points' | 'growth' | 'coupons' | 'pieces';

const UNITS = {
  discount: 'fen',
  cashback: 'fen',
  points: 'points',
  growth: 'growth',
  coupon: 'coupons',
  gift: 'pieces',
} as const satisfies Record<BenefitKind, Unit>;

/** One payer's part, in the unit of the offer. */
export interface FunderTold {
  readonly party: 'merchant' | 'store' | 'funder';
  /** Org code. */
  readonly funder: string;
  readonly budget: string | null;
  readonly amount: number;
  readonly reversed: number;
}

export interface MonthTold {
  readonly grants: number;
  readonly amount: number;
}

/** What became of what was granted; what was taken back is in none of them but `used`. */
export interface StatesTold {
  readonly pending: number;
  readonly available: number;
  /** Coupons alone. */
  readonly used: number;
  readonly cancelled: number;
  readonly expired: number;
}

/** One kind of benefit of an offer as the books have it, in `unit`. */
export interface OfferTold {
  readonly code: string;
  readonly kind: BenefitKind;
  readonly unit: Unit;
  /** Decisions; a sale may have several of one offer and kind. */
  readonly grants: number;
  readonly sales: number;
  readonly amount: number;
  readonly reversed: number;
  readonly net: number;
  /** Grants that a cap, a limit or a budget made smaller. */
  readonly partial: number;
  readonly funders: readonly FunderTold[];
  /** By the funder's code in the offers file, "merchant" or "store". */
  readonly per_funder: Readonly<Record<string, { granted: number; taken_back: number }>>;
  /** By the month of the sale, "2011-03". */
  readonly per_month: Readonly<Record<string, MonthTold>>;
  /** Null for discounts, which are there with the sale. */
  readonly states: StatesTold | null;
}

/** An offer of the set, so that it is told also where it granted nothing. */
export interface OfferAsked {
  readonly code: string;
  readonly kinds: readonly BenefitKind[];
}

/** What every offer of a replay granted and took back, by code and kind. @param today of the merchant's clock */
export async function tellOffers(
  db: Database,
  stage: Stage,
  asked: readonly OfferAsked[],
  today: string,
): Promise<OfferTold[]> {
  const rows = await readOfferRows(db, stage.org, today);
  const names = await namesOf(db, stage);
  const told = asked.flatMap(({ code, kinds }) =>
    [...new Set(kinds)].map((kind) => toldOf(code, kind, rows, names)),
  );
  const name = ({ code, kind }: OfferTold) => `${code}/${kind}`;
  return told.toSorted((a, b) => (name(a) < name(b) ? -1 : 1));
}

interface Names {
  /** By org: its code in the file, and that of the org. */
  readonly funders: ReadonlyMap<number, { readonly inFile: string; readonly org: string }>;
  /** By id. */
  readonly budgets: ReadonlyMap<string, string>;
  readonly merchant: string;
}

async function namesOf(db: Database, { code, funders, budgets }: Stage): Promise<Names> {
  const orgs = await Promise.all(
    [...funders].map(async ([inFile, org]) => {
      const found = await orgByNumber(db, org);
      return [org, { inFile, org: found?.code ?? String(org) }] as const;
    }),
  );
  const codes = [...budgets.values()].map(({ id, code: budget }) => [id, budget] as const);
  return { funders: new Map(orgs), budgets: new Map(codes), merchant: code };
}

function toldOf(code: string, kind: BenefitKind, rows: OfferRows, names: Names): OfferTold {
  const own = <T extends { readonly code: string; readonly kind: string }>(all: readonly T[]) =>
    all.filter((row) => row.code === code && row.kind === kind);
  const months = own(rows.months);
  const sum = (of: (row: OfferRows['months'][number]) => number) =>
    months.reduce((total, row) => total + of(row), 0);
  const amount = sum((row) => row.amount);
  const reversed = own(rows.back)[0]?.amount ?? 0;
  const parts = own(rows.parts);
  const perFunder: Record<string, { granted: number; taken_back: number }> = {};
  for (const { party, funder_org: org, granted, taken_back: back } of parts) {
    const name = (org !== null && names.funders.get(org)?.inFile) || party;
    const { granted: before = 0, taken_back: backBefore = 0 } = perFunder[name] ?? {};
    perFunder[name] = { granted: before + granted, taken_back: backBefore + back };
  }
  return {
    code,
    kind,
    unit: UNITS[kind],
    grants: sum((row) => row.grants),
    sales: sum((row) => row.sales),
    amount,
    reversed,
    net: amount - reversed,
    partial: sum((row) => row.partial),
    funders: parts.map(({ party, funder_org: org, budget, granted, taken_back: back }) => ({
      party,
      funder: org === null ? names.merchant : (names.funders.get(org)?.org ?? String(org)),
      budget: budget === null ? null : (names.budgets.get(budget) ?? budget),
      amount: granted,
      reversed: back,
    })),
    per_funder: perFunder,
    per_month: Object.fromEntries(
      months.map(({ month, grants, amount: granted }) => [month, { grants, amount: granted }]),
    ),
    states: kind === 'discount' ? null : statesOf(own(rows.states)[0]),
  };
}

function statesOf(row: OfferRows['states'][number] | undefined): StatesTold {
  const { pending = 0, available = 0, used = 0, cancelled = 0, expired = 0 } = row ?? {};
  return { pending, available, used, cancelled, expired };
}
