import { account, type AccountCode, type AccountRef, type Leg } from '#ledger';
import type { Paid, Wallet } from './payment.ts';

const OF_WALLETS = {
  wechat: '1120',
  alipay: '1130',
  unionpay: '1140',
  digital_yuan: '1145',
} as const satisfies Record<Wallet, AccountCode>;

/** Where the money of a charge stands: cash in the store's till, all else with whoever clears it. */
export function moneyAccount(
  { tender, wallet }: Pick<Paid, 'tender' | 'wallet'>,
  storeId: string,
): AccountRef {
  if (tender === 'wallet' && wallet !== null) return account(OF_WALLETS[wallet], storeId);
  return account(tender === 'card' ? '1110' : '1150', storeId);
}

/** The money of charges as legs, debits: fen came in. */
export function moneyLegs(
  charges: readonly (Pick<Paid, 'tender' | 'wallet'> & { readonly amount: number })[],
  storeId: string,
): Leg[] {
  return charges.map((charge) => ({
    account: moneyAccount(charge, storeId),
    amount: charge.amount,
  }));
}
