import type { Text } from '#kernel/refusal';

/** A step of a programme that members climb by growth value. */
export interface Tier {
  readonly code: string;
  readonly name: Text;
  /** The growth value from which a member stands on it. */
  readonly growth_from: number;
}

/** 普通, 黄金, 钻石, 黑金: used where a programme names none of its own. */
export const USUAL_TIERS: readonly Tier[] = [
  { code: 'ordinary', name: { zh: '普通', en: 'Ordinary' }, growth_from: 0 },
  { code: 'gold', name: { zh: '黄金', en: 'Gold' }, growth_from: 1_000 },
  { code: 'diamond', name: { zh: '钻石', en: 'Diamond' }, growth_from: 5_000 },
  { code: 'black', name: { zh: '黑金', en: 'Black' }, growth_from: 20_000 },
];

export type MemberStatus = 'active' | 'closed' | 'erased';

/** Codes of programmes and tiers: lower-case letters, digits and inner hyphens, at most 40. */
export const CODE = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** A label: letters, digits, "-", "_", ":" and ".", at most 40. */
export const LABEL = /^[\p{L}\p{N}_:.-]{1,40}$/u;
