import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type FieldPlace, openVault } from './field.ts';

const master = Buffer.alloc(32, 7);
const vault = openVault(master);
const place: FieldPlace = { table: 'members.member', column: 'phone_sealed', org: 5, row: 'r1' };
const phone = '+8613800138000';

test('what was sealed opens again, and no two seals look alike', () => {
  const once = vault.seal(place, phone);
  expect(vault.open(place, once)).toBe(phone);
  expect(vault.seal(place, phone)).not.toBe(once);
  expect(once.startsWith(`${vault.keyId}.`)).toBe(true);
  expect(vault.open(place, vault.seal(place, '张三 ✓'))).toBe('张三 ✓');
  expect(vault.open(place, vault.seal(place, ''))).toBe('');
});

test.each<[string, Partial<FieldPlace>]>([
  ['another table', { table: 'members.other' }],
  ['another column', { column: 'name_sealed' }],
  ['another org', { org: 6 }],
  ['another row', { row: 'r2' }],
])('a value moved to %s does not open', (_, moved) => {
  expect(() => vault.open({ ...place, ...moved }, vault.seal(place, phone))).toThrow();
});

test('a value with one bit altered does not open', () => {
  const [id, text] = vault.seal(place, phone).split('.') as [string, string];
  const bytes = Buffer.from(text, 'base64url');
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] as number) ^ 1;
    expect(() => vault.open(place, `${id}.${altered.toString('base64url')}`)).toThrow();
  }
});

test('a retired master key opens what it sealed; an unknown one is named', () => {
  const later = randomBytes(32);
  const old = vault.seal(place, phone);
  expect(openVault(later, [master]).open(place, old)).toBe(phone);
  expect(() => openVault(later).open(place, old)).toThrow(vault.keyId);
});

test('the blind index is HMAC-SHA-256 under a key of the org', () => {
  const key = Buffer.from(hkdfSync('sha256', master, '', 'tillback/field/1/blind/5', 32));
  for (const text of ['', phone, '张三', 'x'.repeat(200)]) {
    expect(vault.blind(5, text)).toEqual(createHmac('sha256', key).update(text).digest());
  }
  expect(vault.blind(6, phone)).not.toEqual(vault.blind(5, phone));
  expect(openVault(randomBytes(32)).blind(5, phone)).not.toEqual(vault.blind(5, phone));
});

test('the digest of a request is HMAC-SHA-256 under a key of its own', () => {
  const key = Buffer.from(hkdfSync('sha256', master, '', 'tillback/field/1/request', 32));
  const text = `POST /v1/payments\n{"member":{"phone":"${phone}"}}`;
  expect(vault.digest(text)).toEqual(createHmac('sha256', key).update(text).digest());
  expect(openVault(randomBytes(32)).digest(text)).not.toEqual(vault.digest(text));
});
