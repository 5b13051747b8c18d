import type { LeafTest } from '../engine/condition.ts';
import type { SaleFacts } from '../engine/facts.ts';
import { asking } from './asking.ts';
import { shared } from './shared.ts';

/** Where a sale is made and what is shown at the till, as the conditions ask for. */
export function placeFor(way: readonly LeafTest[]): Partial<SaleFacts> {
  const store = shared(asking(way, 'store').map(({ stores }) => stores));
  const kind = shared(asking(way, 'terminal_kind').map(({ kinds }) => kinds));
  return {
    ...(store !== undefined && { store }),
    terminal: shared(asking(way, 'terminal').map(({ terminals }) => terminals)) ?? 'till',
    ...(kind !== undefined && { terminalKind: kind as NonNullable<SaleFacts['terminalKind']> }),
    device: 'device',
    mcc: shared(asking(way, 'mcc').map(({ codes }) => codes)) ?? null,
    channel: (shared(asking(way, 'channel').map(({ channels }) => channels)) ??
      'pos') as SaleFacts['channel'],
    codes: asking(way, 'code').flatMap(({ codes }) => [...codes].slice(0, 1)),
    coupons: asking(way, 'coupon').flatMap(({ templates }, at) =>
      [...templates].slice(0, 1).map((template) => ({ id: `coupon-${at}`, template, to: null })),
    ),
  };
}
