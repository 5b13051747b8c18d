import { share } from '#kernel/share';
import type { LotState } from './ledger-state.ts';

/** The provision in fen that leaves with `amount` points of a lot: what stood before less what stands after. */
export function provisionReleased({ remaining, valuePpm }: LotState, amount: number): number {
  return share(remaining, valuePpm) - share(remaining - amount, valuePpm);
}
