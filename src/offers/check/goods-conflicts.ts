import type { Target } from '../rule/definition.ts';
import type { Branch } from './branches.ts';
import type { Conflict } from './conflict.ts';
import { perLeaf } from './per-leaf.ts';

interface Asked {
  readonly items: ReadonlySet<string>;
  readonly quantity: number;
  readonly amount: number;
}

/** Goods asked for that another condition excludes: whoever has them breaks the other. */
export function goodsConflict(branch: Branch): Conflict | null {
  const banned = branch.flatMap(({ leaf, negated }) => (negated ? (askedBy(leaf) ?? []) : []));
  if (banned.length === 0) return null;
  const dead = branch.find(({ leaf, negated }) => {
    const want = negated ? null : askedBy(leaf);
    return want !== null && banned.some((ban) => excludes(ban, want));
  });
  if (!dead) return null;
  return {
    pointer: dead.pointer,
    detail: {
      zh: '这些商品被另一条件排除,永远不会满足;请改列其他商品,或减少数量、金额',
      en: 'another condition excludes these goods, so it never holds: name others, or ask for fewer',
    },
  };
}

const askedBy = perLeaf((leaf): Asked | null => {
  if (leaf.type !== 'contains') return null;
  const { quantity = leaf.amount === undefined ? 1 : 0, amount = 0 } = leaf;
  return { items: tokensOf(leaf), quantity, amount };
});

function excludes(ban: Asked, want: Asked): boolean {
  return (
    ban.quantity <= want.quantity &&
    ban.amount <= want.amount &&
    [...want.items].every((item) => ban.items.has(item))
  );
}

function tokensOf({ skus = [], categories = [], brands = [] }: Target): Set<string> {
  return new Set([
    ...skus.map((sku) => `s:${sku}`),
    ...categories.map((category) => `c:${category}`),
    ...brands.map((brand) => `b:${brand}`),
  ]);
}
