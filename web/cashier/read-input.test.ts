import { expect, test } from 'vitest';
import { readAmount, readInput } from './read-input.ts';

const isItem = (code: string) => code === 'TEA-100' || code === '6901234567892';

test.each([
  ['TEA-100', { kind: 'item', code: 'TEA-100' }],
  ['6901234567892', { kind: 'item', code: '6901234567892' }],
  ['\u0002TEA-100\r', { kind: 'item', code: 'TEA-100' }],
  ['13800138000', { kind: 'phone', phone: '13800138000' }],
  ['12800138000', { kind: 'search', text: '12800138000' }],
  ['130123456789012345', { kind: 'payment_code', wallet: 'wechat' }],
  ['160123456789012345', { kind: 'search', text: '160123456789012345' }],
  ['2801234567890123', { kind: 'payment_code', wallet: 'alipay' }],
  ['6201234567890123456', { kind: 'payment_code', wallet: 'unionpay' }],
  ['R01KAW-GJ2Q4-7Z8M3', { kind: 'receipt', number: '01KAW-GJ2Q4-7Z8M3' }],
  ['01KAW-GJ2Q4-7Z8M3', { kind: 'receipt', number: '01KAW-GJ2Q4-7Z8M3' }],
  [
    'M019f0000-0000-7000-8000-000000000001',
    { kind: 'member', id: '019f0000-0000-7000-8000-000000000001' },
  ],
  ['CK7Q2M-9XD4T', { kind: 'coupon', code: 'K7Q2M-9XD4T' }],
  ['*3', { kind: 'quantity', times: 3 }],
  ['龙井', { kind: 'search', text: '龙井' }],
  ['  ', null],
])('%j is read', (text, read) => {
  expect(readInput(text, isItem)).toEqual(read);
});

test.each([
  ['100', 10_000],
  ['12.5', 1_250],
  ['0.05', 5],
  ['50+50', 10_000],
  ['1,000.00', 100_000],
  ['12.345', null],
  ['', null],
  ['-5', null],
  ['1e3', null],
])('%j yuan', (text, fen) => {
  expect(readAmount(text)).toBe(fen);
});
