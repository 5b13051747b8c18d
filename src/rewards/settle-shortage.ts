import { share, split } from '#kernel/share';

/** Who makes good what a member has spent of a reward that goes back. */
export type Shortage = 'member_debt' | 'from_refund' | 'payer';

/** What the member has no more of a reward that goes back, and how that is made good; in fen or points of the reward. */
export interface Settled {
  /** covered + borne + debt */
  readonly spent: number;
  /** Made good by money that is not paid back. */
  readonly covered: number;
  /** That money, fen. */
  readonly withheld: number;
  /** The payers of the reward do not get it back. */
  readonly borne: number;
  readonly debt: number;
}

/** A part of a reward that goes back out of the wallets. */
interface Asked {
  readonly kind: 'points' | 'cashback';
  readonly amount: number;
  readonly shortage: Shortage;
}

export interface Missing {
  readonly points: number;
  readonly cashback: number;
}

/** What a member still has is taken first, of all parts alike; what is missing is settled by the policy of each. */
export interface ShortageTerms {
  readonly missing: Missing;
  /** fen that a point is worth, in ppm; null where it is not known. */
  readonly pointValuePpm: number | null;
  /** fen that may be withheld. */
  readonly most: number;
}

const NOTHING: Settled = { spent: 0, covered: 0, withheld: 0, borne: 0, debt: 0 };

/**
 * Settles what is missing. Cashback is withheld before points; points at their value, half-up, and what the money
 * does not reach, or is worth no fen, is a debt.
 * @returns per part, in order
 */
export function settleShortage(parts: readonly Asked[], terms: ShortageTerms): Settled[] {
  const { missing, pointValuePpm, most } = terms;
  const settled = parts.map(() => NOTHING);
  const cashback = settleKind(parts, 'cashback', missing.cashback, settled, (spent) => {
    const fen = Math.min(spent, most);
    return { covered: fen, fen };
  });
  settleKind(parts, 'points', missing.points, settled, (spent) =>
    coveredPoints(spent, pointValuePpm ?? 0, most - cashback),
  );
  return settled;
}

/** @returns fen withheld */
function settleKind(
  parts: readonly Asked[],
  kind: Asked['kind'],
  missing: number,
  settled: Settled[],
  cover: (spent: number) => { readonly covered: number; readonly fen: number },
): number {
  if (missing === 0) return 0;
  const spent = split(
    missing,
    parts.map((part) => (part.kind === kind ? part.amount : 0)),
  );
  const own = spent.map((part, at) => (parts[at]!.shortage === 'from_refund' ? part : 0));
  const { covered, fen } = cover(own.reduce((sum, part) => sum + part, 0));
  const coveredOf = split(covered, own);
  const fenOf = split(fen, coveredOf);
  spent.forEach((part, at) => {
    if (part === 0) return;
    const borne = parts[at]!.shortage === 'payer' ? part : 0;
    settled[at] = {
      spent: part,
      covered: coveredOf[at]!,
      withheld: fenOf[at]!,
      borne,
      debt: part - borne - coveredOf[at]!,
    };
  });
  return fen;
}

/** How many of the points `most` fen pay for. */
function coveredPoints(spent: number, valuePpm: number, most: number) {
  let covered = spent;
  if (valuePpm > 0 && share(spent, valuePpm) > most)
    covered = Math.min(spent, Math.ceil(((most + 1) * 1_000_000) / valuePpm));
  while (covered > 0 && share(covered, valuePpm) > most) covered--;
  const fen = share(covered, valuePpm);
  return fen === 0 ? { covered: 0, fen: 0 } : { covered, fen };
}
