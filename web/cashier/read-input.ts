/** What a scan or a typed line means at the till. */
export type Read =
  | { readonly kind: 'item'; readonly code: string }
  | { readonly kind: 'payment_code'; readonly wallet: 'wechat' | 'alipay' | 'unionpay' }
  | { readonly kind: 'member'; readonly id: string }
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'coupon'; readonly code: string }
  | { readonly kind: 'receipt'; readonly number: string }
  | { readonly kind: 'quantity'; readonly times: number }
  | { readonly kind: 'search'; readonly text: string };

const PHONE = /^1[3-9]\d{9}$/;
const WECHAT = /^1[0-5]\d{16}$/;
const ALIPAY = /^(?:2[5-9]|30)\d{14,22}$/;
const UNIONPAY = /^62\d{17}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RECEIPT = /^R?[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/i;
const QUANTITY = /^\*(\d{1,6})$/;

/**
 * Reads what was scanned or typed, by the public conventions of payment codes and by our own prefixes:
 * M member, C coupon, R receipt. What is no code is an item by its SKU, if the catalogue has it, else a search.
 */
export function readInput(raw: string, isItem: (code: string) => boolean): Read | null {
  const text = raw.replaceAll(/\p{Cc}/gu, '').trim();
  if (text === '') return null;
  const times = QUANTITY.exec(text)?.[1];
  if (times !== undefined) return { kind: 'quantity', times: Number(times) };
  if (isItem(text)) return { kind: 'item', code: text };
  if (WECHAT.test(text)) return { kind: 'payment_code', wallet: 'wechat' };
  if (UNIONPAY.test(text)) return { kind: 'payment_code', wallet: 'unionpay' };
  if (ALIPAY.test(text)) return { kind: 'payment_code', wallet: 'alipay' };
  if (RECEIPT.test(text)) return { kind: 'receipt', number: text.replace(/^R/i, '') };
  if (/^M/i.test(text) && UUID.test(text.slice(1))) return { kind: 'member', id: text.slice(1) };
  if (PHONE.test(text)) return { kind: 'phone', phone: text };
  if (/^C[0-9A-Z-]{6,}$/i.test(text)) return { kind: 'coupon', code: text.slice(1) };
  return { kind: 'search', text };
}

/** Yuan as typed, "12.5" or "50+50", in fen; null if it is no amount. */
export function readAmount(text: string): number | null {
  const parts = text.replaceAll(',', '').split('+');
  let fen = 0;
  for (const part of parts) {
    const found = /^\s*(\d{1,9})(?:\.(\d{1,2}))?\s*$/.exec(part);
    if (!found) return null;
    fen += Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  }
  return fen;
}
