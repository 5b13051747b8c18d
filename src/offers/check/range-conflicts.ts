import type { Branch } from './branches.ts';
import type { Conflict } from './conflict.ts';
import { historyBounds } from './history-bounds.ts';
import { emptiedAt, leftOf, type Numbers } from './range.ts';
import { memberBounds } from './member-bounds.ts';
import { basketBounds, grossBounds, netBounds, priceBounds } from './sale-bounds.ts';

/** Conditions on a number of the sale that leave no number at all. */
export function rangeConflict(branch: Branch, needsMember: boolean): Conflict | null {
  const all: Numbers[] = [
    grossBounds(branch),
    netBounds(branch),
    basketBounds(branch),
    ...priceBounds(branch),
    ...memberBounds(branch, needsMember),
    ...historyBounds(branch, needsMember),
  ];
  for (const { what, least, bounds } of all) {
    const found = emptiedAt(bounds, least);
    if (!found) continue;
    const { least: from, most: to } = found.before;
    const most = Number.isFinite(to) ? to : null;
    return {
      pointer: found.bound.literal.pointer,
      detail: {
        zh: `与其他${what.zh}条件不能同时满足;其他条件只余 ${most === null ? `${from} 以上` : `${from} 至 ${most}`}`,
        en: `can never hold together with the other conditions on the ${what.en}, which leave ${most === null ? `${from} and above` : `${from} to ${most}`}`,
      },
    };
  }
  return null;
}

/** The most fen that a basket can have, before and after discounts, where these conditions hold. */
export function mostOf(branch: Branch): { readonly gross: number; readonly net: number } {
  const gross = leftOf(grossBounds(branch).bounds, 0)?.most ?? 0;
  const net = leftOf(netBounds(branch).bounds, 0)?.most ?? 0;
  return { gross, net };
}
