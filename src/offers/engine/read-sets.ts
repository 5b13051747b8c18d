import type { LeafOf } from './condition.ts';
import { BIN_HEAD, type SetName } from './dimension.ts';
import type { Reads } from './set-need.ts';

/** What leaves ask for by value. A sale shows one value of each, or several; an offer asks for one of a set. */
export const SETS = {
  store: (leaf) => (leaf.type === 'store' ? leaf.stores : null),
  terminal: (leaf) => (leaf.type === 'terminal' ? leaf.terminals : null),
  channel: (leaf) => (leaf.type === 'channel' ? leaf.channels : null),
  terminalKind: (leaf) => (leaf.type === 'terminal_kind' ? leaf.kinds : null),
  mcc: (leaf) => (leaf.type === 'mcc' ? leaf.codes : null),
  weekday: (leaf) => (leaf.type === 'weekday' ? leaf.weekdays : null),
  dayKind: (leaf) => (leaf.type === 'day_kind' ? leaf.kinds : null),
  programme: (leaf) => (leaf.type === 'programme' ? leaf.programmes : null),
  tier: (leaf) => (leaf.type === 'tier' ? leaf.tiers : null),
  label: (leaf) => (leaf.type === 'label' ? leaf.labels : null),
  method: (leaf) => (leaf.type === 'tender' ? leaf.methods : null),
  issuer: (leaf) => (leaf.type === 'issuer' ? leaf.issuers : null),
  bin: (leaf) => (leaf.type === 'bin' ? headsOf(leaf) : null),
  cardKind: (leaf) => (leaf.type === 'card_kind' ? leaf.kinds : null),
  scheme: (leaf) => (leaf.type === 'scheme' ? leaf.schemes : null),
  wallet: (leaf) => (leaf.type === 'wallet' ? leaf.wallets : null),
  code: (leaf) => (leaf.type === 'code' ? leaf.codes : null),
  coupon: (leaf) => (leaf.type === 'coupon' ? leaf.templates : null),
} satisfies Record<SetName, Reads<unknown>>;

/** The first digits that a card of one of the ranges can have. */
function headsOf({ ranges }: LeafOf<'bin'>): ReadonlySet<string> {
  const heads = new Set<string>();
  for (const { from, to } of ranges) {
    const last = Number(to.slice(0, BIN_HEAD));
    for (let head = Number(from.slice(0, BIN_HEAD)); head <= last; head++)
      heads.add(String(head).padStart(BIN_HEAD, '0'));
  }
  return heads;
}
