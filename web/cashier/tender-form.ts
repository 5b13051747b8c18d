import type { Asked, Operations } from '#kit/base';
import { readAmount } from './read-input.ts';

export const WALLETS = ['wechat', 'alipay', 'unionpay'] as const;
export type Way = 'cash' | 'card' | (typeof WALLETS)[number];
export type Tender = Asked<Operations['takePayment']>['body']['tenders'][number];

/** What the cashier entered about how it is paid. */
export interface TenderForm {
  readonly way: Way;
  readonly tendered: string;
  readonly reference: string;
  readonly bin: string;
  readonly last4: string;
}

export const EMPTY_FORM: TenderForm = {
  way: 'cash',
  tendered: '',
  reference: '',
  bin: '',
  last4: '',
};

export type Entered =
  | { readonly tender: Tender }
  | { readonly fault: 'amount_bad' | 'card_bad' | 'reference_bad' }
  | { readonly fault: 'short'; readonly missing: number };

/** The tender that was entered, or what is wrong with it. Cash without an amount is exact. */
export function tenderOf(form: TenderForm, due: number): Entered {
  const reference = form.reference.trim();
  if (form.way === 'cash') {
    if (form.tendered === '') return { tender: { kind: 'cash' } };
    const tendered = readAmount(form.tendered);
    if (tendered === null) return { fault: 'amount_bad' };
    if (tendered < due) return { fault: 'short', missing: due - tendered };
    return { tender: { kind: 'cash', tendered } };
  }
  if (form.way === 'card') {
    const { bin, last4 } = form;
    if (!/^\d{6,8}$/.test(bin) || !/^\d{4}$/.test(last4) || reference === '')
      return { fault: 'card_bad' };
    return { tender: { kind: 'card', card: { bin, last4 }, reference } };
  }
  if (reference === '') return { fault: 'reference_bad' };
  return { tender: { kind: 'wallet', wallet: form.way, reference } };
}
