import type { Text } from '#kernel/refusal';

/** The closed list of permissions; every operation names one. */
export const PERMISSIONS = {
  'payment.take': { zh: '收款', en: 'Take payments' },
  'payment.record_tender': {
    zh: '登记在其他设备上完成的刷卡与扫码收款',
    en: 'Record card and wallet payments made on another device',
  },
  'payment.void': { zh: '撤销收款', en: 'Void payments' },
  'payment.refund': { zh: '退款', en: 'Refund payments' },
  'payment.read': { zh: '查看收款', en: 'See payments' },
  'refund.without_receipt': { zh: '无小票退款', en: 'Refund without a receipt' },
  'price.override': { zh: '改价', en: 'Override a price' },
  'offer.read': { zh: '查看优惠方案', en: 'See offers' },
  'offer.write': { zh: '编辑优惠方案', en: 'Draft offers' },
  'offer.publish': { zh: '发布优惠方案', en: 'Publish and stop offers' },
  'offer.approve': { zh: '审批优惠方案', en: 'Approve offers' },
  'policy.manage': { zh: '制定平台合规规则', en: 'Set the rules of the platform for offers' },
  'budget.manage': { zh: '管理优惠预算', en: 'Manage budgets of offers' },
  'member.read': { zh: '查看会员', en: 'See members' },
  'member.write': { zh: '登记会员', en: 'Enrol members' },
  'member.tier': {
    zh: '修改会员的等级、标签与状态',
    en: 'Change tier, labels and state of members',
  },
  'member.phone': {
    zh: '查看会员完整的手机号与姓名',
    en: 'See phone numbers and names of members in full',
  },
  'member.erase': { zh: '删除会员的个人信息', en: 'Erase the personal data of members' },
  'reward.read': { zh: '查看奖励', en: 'See rewards' },
  'coupon.read': { zh: '查看优惠券', en: 'See coupons' },
  'coupon.write': { zh: '编辑优惠券模板', en: 'Make and stop coupon templates' },
  'coupon.issue': { zh: '发放与作废优惠券', en: 'Give and void coupons' },
  'catalog.read': { zh: '查看商品与库存', en: 'See products and stock' },
  'catalog.write': { zh: '修改商品与库存', en: 'Change products and stock' },
  'ledger.read': { zh: '查看账簿', en: 'See the books' },
  'report.read': { zh: '查看报表', en: 'See reports' },
  'audit.read': { zh: '查看操作记录', en: 'See the audit trail' },
  'staff.manage': { zh: '管理员工', en: 'Manage staff' },
  'key.manage': { zh: '管理接口密钥', en: 'Manage API keys' },
  'merchant.read': { zh: '查看商户与门店', en: 'See merchants and stores' },
  'merchant.manage': { zh: '管理商户与门店', en: 'Manage merchants and stores' },
  'store.manage': { zh: '管理本商户门店', en: 'Manage the stores of this merchant' },
  'clock.set': { zh: '拨动沙箱时钟', en: 'Set the clock of a sandbox' },
  import: { zh: '导入历史数据', en: 'Import history' },
} as const satisfies Record<string, Text>;

export type Permission = keyof typeof PERMISSIONS;

const all = Object.keys(PERMISSIONS) as Permission[];
const reads = all.filter((permission) => permission.endsWith('.read'));

const cashier: readonly Permission[] = [
  'payment.take',
  'payment.record_tender',
  'payment.void',
  'payment.read',
  'offer.read',
  'member.read',
  'member.write',
  'reward.read',
  'coupon.read',
  'catalog.read',
  'merchant.read',
];
const manager: readonly Permission[] = [
  ...new Set<Permission>([
    ...cashier,
    ...reads,
    'payment.refund',
    'refund.without_receipt',
    'price.override',
    'catalog.write',
    'member.tier',
    'coupon.issue',
  ]),
  'staff.manage',
];
const marketer: readonly Permission[] = [
  'offer.read',
  'offer.write',
  'offer.publish',
  'budget.manage',
  'member.read',
  'member.tier',
  'reward.read',
  'coupon.read',
  'coupon.write',
  'coupon.issue',
  'catalog.read',
  'report.read',
  'merchant.read',
];
const finance: readonly Permission[] = [
  ...reads,
  'payment.refund',
  'budget.manage',
  'offer.approve',
];
const owner = all.filter(
  (permission) => permission !== 'merchant.manage' && permission !== 'policy.manage',
);
/** What only a person may do: make people and keys, and be the second pair of eyes. */
const ofPeople: readonly Permission[] = [
  'staff.manage',
  'key.manage',
  'offer.approve',
  'policy.manage',
];

/** What each role may do. A person has one role; a key has a list of its own within `integrator`. */
export const ROLES = {
  owner,
  manager,
  cashier,
  finance,
  marketer,
  operator_admin: all,
  operator_risk: [...reads, 'offer.approve', 'policy.manage'],
  operator_finance: [...reads, 'budget.manage'],
  integrator: all.filter((permission) => !ofPeople.includes(permission)),
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLES;

/** The roles of people. */
export const STAFF_ROLES = [
  'owner',
  'manager',
  'cashier',
  'finance',
  'marketer',
  'operator_admin',
  'operator_risk',
  'operator_finance',
] as const satisfies readonly Role[];

/** What a key may be given: never the power to make people or keys, which would outlive its revocation. */
export const KEY_PERMISSIONS = ROLES.integrator;

const sets = new Map(
  Object.entries(ROLES).map(([role, scopes]) => [role, new Set<string>(scopes)]),
);

/** The permissions of a role; none for a role that is unknown. */
export function scopesOfRole(role: string): ReadonlySet<string> {
  return sets.get(role) ?? new Set();
}

/** All permissions as the server checks them. */
export const permissionSet: ReadonlySet<string> = new Set<string>(all);
