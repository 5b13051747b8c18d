import type { Leaf } from '../rule/definition.ts';
import type { Branch, Literal } from './branches.ts';
import { binRanges } from './check-bins.ts';
import { METHODS } from './check-condition.ts';
import type { Conflict } from './conflict.ts';
import { inBoth, type Interval, merged, outside } from './intervals.ts';
import { perLeaf } from './per-leaf.ts';

type TenderLeaf = Extract<Leaf, { match?: 'all' | 'any' | undefined }>;

/** What one tender must be, or (negated) must not be. */
interface Demand {
  readonly leaf: TenderLeaf;
  readonly negated: boolean;
  readonly pointer: string;
}

const CARD = new Set<Leaf['type']>(['issuer', 'bin', 'card_kind', 'scheme']);
const TENDER = new Set<Leaf['type']>([...CARD, 'tender', 'wallet']);

/**
 * Conditions on the tenders that none can meet. "all" binds every tender, "any" one of them; what fails
 * for "all" is a tender that is not so, for "any" all are not so.
 */
export function tenderConflict(branch: Branch): Conflict | null {
  const asked = branch.filter(({ leaf }) => TENDER.has(leaf.type));
  // Without a condition that must hold, a sale without tenders meets them all.
  if (asked.every(({ negated }) => negated)) return null;
  const every: Demand[] = [];
  const some: Demand[] = [];
  for (const literal of asked) {
    const demand = demandOf(literal);
    const ofEvery = (demand.leaf.match !== 'any') !== demand.negated;
    (ofEvery ? every : some).push(demand);
  }
  const sets = some.length === 0 ? [every] : some.map((one) => [...every, one]);
  for (const demands of sets) {
    const found = impossible(demands);
    if (found) return conflict(found);
  }
  return null;
}

function demandOf({ leaf, negated, pointer }: Literal): Demand {
  return { leaf: leaf as TenderLeaf, negated, pointer };
}

/** The first demand that no single tender can meet beside those before it. */
function impossible(demands: readonly Demand[]): Demand | null {
  if (possible(demands)) return null;
  // What is impossible stays so however much is added, so halving finds the first.
  let [low, high] = [1, demands.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (possible(demands.slice(0, middle))) low = middle + 1;
    else high = middle;
  }
  return demands[low - 1] as Demand;
}

function possible(demands: readonly Demand[]): boolean {
  const asked = demands.flatMap(({ leaf, negated }) => (negated ? [] : [leaf.type]));
  const shows = (method: string) =>
    asked.every((type) =>
      CARD.has(type) ? method === 'card' : type !== 'wallet' || method === 'wallet',
    );
  const methods = METHODS.filter((method) =>
    demands.every(
      ({ leaf, negated }) => leaf.type !== 'tender' || leaf.methods.includes(method) !== negated,
    ),
  );
  return (
    methods.some(shows) &&
    leaves(demands, issuers) &&
    leaves(demands, kinds) &&
    leaves(demands, schemes) &&
    leaves(demands, wallets) &&
    binsLeft(demands)
  );
}

type Named = (leaf: Leaf) => ReadonlySet<string> | null;

const issuers = perLeaf((leaf) => (leaf.type === 'issuer' ? new Set(leaf.issuers) : null));
const kinds = perLeaf((leaf) => (leaf.type === 'card_kind' ? new Set<string>(leaf.kinds) : null));
const schemes = perLeaf((leaf) => (leaf.type === 'scheme' ? new Set<string>(leaf.schemes) : null));
const wallets = perLeaf((leaf) => (leaf.type === 'wallet' ? new Set<string>(leaf.wallets) : null));

/** Whether some value meets all demands on a property; one that nobody names meets what is only excluded. */
function leaves(demands: readonly Demand[], named: Named): boolean {
  const first = demands.find(({ leaf, negated }) => !negated && named(leaf) !== null);
  if (!first) return true;
  return [...(named(first.leaf) ?? [])].some((value) =>
    demands.every(({ leaf, negated }) => {
      const names = named(leaf);
      return names === null || names.has(value) !== negated;
    }),
  );
}

const bins = perLeaf((leaf) => (leaf.type === 'bin' ? merged(binRanges(leaf)) : null));
const otherBins = perLeaf((leaf) => outside(bins(leaf) ?? []));

/** Whether some card number lies in all ranges asked for and in none excluded. */
function binsLeft(demands: readonly Demand[]): boolean {
  let left: readonly Interval[] | null = null;
  for (const { leaf, negated } of demands) {
    const ranges = bins(leaf);
    if (ranges === null) continue;
    const admitted: readonly Interval[] = negated ? otherBins(leaf) : ranges;
    left = left === null ? admitted : inBoth(left, admitted);
    if (left.length === 0) return false;
  }
  return true;
}

function conflict({ pointer, leaf, negated }: Demand): Conflict {
  const cards = !negated && CARD.has(leaf.type);
  return {
    pointer,
    detail: cards
      ? {
          zh: '没有一种支付能与其他支付条件同时满足;只有 card 有卡,发卡行、卡号、卡种与卡组织须相容',
          en: 'no tender meets this together with the other conditions on tenders: only card shows a card, and issuer, card number, kind and scheme must agree',
        }
      : {
          zh: '没有一种支付能与其他支付条件同时满足;请放宽其中一项,或用 match: any',
          en: 'no tender meets this together with the other conditions on tenders: loosen one of them, or use match any',
        },
  };
}
