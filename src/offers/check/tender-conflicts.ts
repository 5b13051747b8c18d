import type { Leaf } from '../rule/definition.ts';
import type { Branch, Literal } from './branches.ts';
import { binRanges, type BinRange } from './check-bins.ts';
import { METHODS } from './check-condition.ts';
import { type Conflict, OTHER } from './conflict.ts';

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

/** The demand that no single tender can meet beside those before it. */
function impossible(demands: readonly Demand[]): Demand | null {
  for (let count = 1; count <= demands.length; count++) {
    if (!possible(demands.slice(0, count))) return demands[count - 1] as Demand;
  }
  return null;
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
  if (!methods.some(shows)) return false;
  return (
    leaves(demands, (leaf) => (leaf.type === 'issuer' ? leaf.issuers : null)) &&
    leaves(demands, (leaf) => (leaf.type === 'card_kind' ? leaf.kinds : null)) &&
    leaves(demands, (leaf) => (leaf.type === 'scheme' ? leaf.schemes : null)) &&
    leaves(demands, (leaf) => (leaf.type === 'wallet' ? leaf.wallets : null)) &&
    binsLeft(demands)
  );
}

type Named = (leaf: TenderLeaf) => readonly unknown[] | null;

function leaves(demands: readonly Demand[], named: Named): boolean {
  return left(demands, named).length > 0;
}

/** The values that all demands on this property admit, "any other" among them. */
function left(demands: readonly Demand[], named: Named): unknown[] {
  const values = new Set<unknown>([OTHER, ...demands.flatMap(({ leaf }) => named(leaf) ?? [])]);
  return [...values].filter((value) =>
    demands.every(({ leaf, negated }) => {
      const names = named(leaf);
      return names === null || names.includes(value) !== negated;
    }),
  );
}

/** Whether some card number lies in all ranges asked for and in none excluded. */
function binsLeft(demands: readonly Demand[]): boolean {
  const asked: { ranges: BinRange[]; negated: boolean }[] = [];
  for (const { leaf, negated } of demands)
    if (leaf.type === 'bin') asked.push({ ranges: binRanges(leaf), negated });
  if (asked.every(({ negated }) => negated)) return true;
  const edges = asked.flatMap(({ ranges }) => ranges.flatMap(({ from, to }) => [from, to + 1]));
  return edges.some((number) =>
    asked.every(
      ({ ranges, negated }) =>
        ranges.some(({ from, to }) => from <= number && number <= to) !== negated,
    ),
  );
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
