import { expect, test } from 'vitest';
import { issuerByCode, issuerOf, listIssuers } from './issuer-of.ts';

test.each([
  ['six digits of a table entry', '622202', undefined, 'ICBC', 'debit', 'unionpay'],
  ['the longest prefix decides', '6229756114', undefined, 'QDRCB', 'debit', 'unionpay'],
  ['its neighbour, one digit on', '6229756115', undefined, 'BJRCB', 'debit', 'unionpay'],
  ['fewer digits than a prefix do not match it', '622975', undefined, null, null, 'unionpay'],
  ['a prefix of five digits', '622231', undefined, 'ICBC', 'credit', 'unionpay'],
  ['a prefix of four, for want of a longer one', '955811', undefined, 'ICBC', 'debit', null],
  ['a semi-credit card', '491021', undefined, 'ABC', 'semi_credit', 'visa'],
  ['two banks share a prefix', '622510', undefined, null, 'debit', 'unionpay'],
  ['and are told apart by the length', '622510', 18, 'ICBC', 'debit', 'unionpay'],
  ['and by the other length', '622510', 19, 'GDRCC', 'debit', 'unionpay'],
  ['a shared prefix of one bank', '690755', undefined, 'CMB', 'debit', null],
  ['two kinds under one prefix', '622162', undefined, null, null, 'unionpay'],
  ['a length that no such card has', '622202', 16, null, null, 'unionpay'],
  ['a card of nobody known', '400000', undefined, null, null, 'visa'],
])('%s', (_name, bin, length, issuer, kind, scheme) => {
  expect(issuerOf(bin, length)).toMatchObject({ issuer, kind, scheme });
});

test.each([
  ['620000', 'unionpay'],
  ['810000', 'unionpay'],
  ['412345', 'visa'],
  ['222099', null],
  ['222100', 'mastercard'],
  ['272099', 'mastercard'],
  ['272100', null],
  ['509999', null],
  ['510000', 'mastercard'],
  ['559999', 'mastercard'],
  ['560000', null],
  ['340000', 'amex'],
  ['370000', 'amex'],
  ['352800', 'jcb'],
  ['300000', 'diners'],
  ['360000', 'diners'],
  ['380000', 'diners'],
  ['390000', null],
])('%s is of the scheme %s', (bin, scheme) => {
  expect(issuerOf(bin).scheme).toBe(scheme);
});

test('banks are known by their code', () => {
  expect(listIssuers()).toHaveLength(274);
  expect(issuerByCode('ICBC')).toMatchObject({ code: 'ICBC', name: '中国工商银行' });
  expect(issuerByCode('icbc')).toBeUndefined();
  expect(listIssuers().filter(({ bins }) => bins === 0)).toHaveLength(16);
});
