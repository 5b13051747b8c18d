import { expect, test } from 'vitest';
import type { OperationSpec } from '#platform/contract';
import * as contract from './contract.ts';
import { KEY_PERMISSIONS, PERMISSIONS, ROLES, permissionSet } from './permissions.ts';

test.each(Object.entries(ROLES))('%s holds permissions of the list, each once', (_role, scopes) => {
  expect(new Set(scopes).size).toBe(scopes.length);
  expect(scopes.filter((scope) => !(scope in PERMISSIONS))).toEqual([]);
});

test.each([
  ['cashier', 'payment.take', true],
  ['cashier', 'payment.refund', false],
  ['cashier', 'price.override', false],
  ['cashier', 'report.read', false],
  ['manager', 'payment.refund', true],
  ['manager', 'offer.publish', false],
  ['manager', 'staff.manage', true],
  ['manager', 'key.manage', false],
  ['finance', 'payment.take', false],
  ['marketer', 'offer.publish', true],
  ['marketer', 'payment.read', false],
  ['marketer', 'offer.approve', false],
  ['manager', 'offer.approve', false],
  ['finance', 'offer.approve', true],
  ['finance', 'offer.publish', false],
  ['owner', 'offer.approve', true],
  ['owner', 'policy.manage', false],
  ['operator_admin', 'policy.manage', true],
  ['operator_risk', 'policy.manage', true],
  ['cashier', 'coupon.read', true],
  ['cashier', 'coupon.issue', false],
  ['manager', 'coupon.issue', true],
  ['manager', 'coupon.write', false],
  ['marketer', 'coupon.write', true],
  ['owner', 'merchant.manage', false],
  ['operator_risk', 'payment.take', false],
  ['operator_admin', 'merchant.manage', true],
  ['cashier', 'member.write', true],
  ['cashier', 'member.tier', false],
  ['cashier', 'member.erase', false],
  ['cashier', 'member.phone', false],
  ['manager', 'member.tier', true],
  ['manager', 'member.erase', false],
  ['manager', 'member.phone', false],
  ['marketer', 'member.tier', true],
  ['marketer', 'member.write', false],
  ['finance', 'member.phone', false],
  ['owner', 'member.erase', true],
  ['owner', 'member.phone', true],
  ['operator_admin', 'member.erase', true],
  ['operator_risk', 'member.phone', false],
] as const)('%s: %s is %s', (role, scope, held) => {
  expect((ROLES[role] as readonly string[]).includes(scope)).toBe(held);
});

test('a key can make neither people nor keys, and is no second pair of eyes', () => {
  for (const scope of ['staff.manage', 'key.manage', 'offer.approve', 'policy.manage'])
    expect(KEY_PERMISSIONS).not.toContain(scope);
});

test('every operation of the room names a permission of the list', () => {
  for (const { id, scope } of Object.values(contract) as OperationSpec[]) {
    expect(scope === 'public' || scope === 'session' || permissionSet.has(scope), id).toBe(true);
  }
});
