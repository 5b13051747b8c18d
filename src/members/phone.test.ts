import { expect, test } from 'vitest';
import { maskedName, maskedPhone, phoneOf } from './phone.ts';

test.each<[string, string | undefined]>([
  // as typed               E.164
  ['13800138000', '+8613800138000'],
  ['138 0013 8000', '+8613800138000'],
  ['138-0013-8000', '+8613800138000'],
  ['+86 138 0013 8000', '+8613800138000'],
  ['008613800138000', '+8613800138000'],
  ['19912345678', '+8619912345678'],
  ['+85291234567', '+85291234567'],
  ['+44 7911 123456', '+447911123456'],
  ['1380013800', undefined],
  ['138001380000', undefined],
  ['+8612345', undefined],
  ['13800138000 ext 5', undefined],
  ['call 13800138000', undefined],
  ['', undefined],
  ['+', undefined],
  ['１３８００１３８０００', '+8613800138000'],
  ['9'.repeat(400), undefined],
])('%s is %s', (typed, e164) => expect(phoneOf(typed)).toBe(e164));

test.each([
  ['+8613812341234', '138****1234'],
  ['+85291234567', '+852 ****67'],
  ['+447911123456', '+44 791****3456'],
])('%s is shown as %s', (e164, shown) => expect(maskedPhone(e164)).toBe(shown));

test.each([
  ['张三', '张*'],
  ['𠮷野', '𠮷*'],
  ['Ann Lee', 'A*'],
])('%s is shown as %s', (name, shown) => expect(maskedName(name)).toBe(shown));
