import type { Paid } from './payment.ts';
import { paidShown } from './sale-answer.ts';

const CASH: Paid = { tender: 'cash', reference: null, card: null, wallet: null };

/** What goes back by which tender, as contract.ts describes it. */
export function tendersBack(back: readonly (Paid & { readonly amount: number })[]) {
  return back.map((charge) => ({ ...paidShown(charge), amount: charge.amount }));
}

/** Money that goes back from the till. */
export function cashBack(amount: number) {
  return tendersBack(amount === 0 ? [] : [{ ...CASH, amount }]);
}
