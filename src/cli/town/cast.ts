import type { Role } from '#access';
import type { WantedProduct } from '#catalog';
import type { Text } from '#kernel/refusal';
import type { WantedStore } from '#merchants';
import { bakeryGoods, teaGoods } from './goods.ts';

export interface CastStaff {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  /** Code of the only store; all if left out. */
  readonly store?: string;
}

interface Cast {
  readonly code: string;
  readonly name: Text;
  readonly staff: readonly CastStaff[];
}

/** A merchant of the town and how its days go. */
export interface CastMerchant extends Cast {
  readonly stores: readonly (WantedStore & { readonly weight: number })[];
  readonly goods: readonly WantedProduct[];
  readonly programme: { readonly code: string; readonly name: Text };
  readonly members: number;
  /** The last four digits of its first member's phone number. */
  readonly phonesFrom: number;
  /** How many sales of a day fall into each hour, by weight. */
  readonly hours: readonly (readonly [hour: number, weight: number])[];
  /** Sales of an ordinary day over all stores. */
  readonly salesADay: number;
  /** Monday to Sunday, in per cent of an ordinary day. */
  readonly week: readonly number[];
}

export const operator: Cast = {
  code: 'tillback-pay',
  name: { zh: '汇拍支付', en: 'Tillback Pay' },
  staff: [
    { login: 'admin', name: '陆明', role: 'operator_admin' },
    { login: 'risk', name: '沈洁', role: 'operator_risk' },
    { login: 'finance', name: '方立', role: 'operator_finance' },
  ],
};

export const lanting: CastMerchant = {
  code: 'lanting',
  name: { zh: '兰亭茶铺', en: 'Lanting Tea' },
  stores: [
    store('lanting-1', '湖滨店', 'Lakeside', '杭州市上城区湖滨路 28 号', 30.2536, 120.1622, 45),
    store('lanting-2', '武林店', 'Wulin', '杭州市拱墅区武林路 105 号', 30.2701, 120.1614, 33),
    store('lanting-3', '滨江店', 'Binjiang', '杭州市滨江区江南大道 588 号', 30.2083, 120.2119, 22),
  ],
  goods: teaGoods,
  programme: { code: 'lanting-club', name: { zh: '兰亭会', en: 'Lanting Club' } },
  members: 90,
  phonesFrom: 8000,
  hours: hours('9:3 10:5 11:7 12:9 13:10 14:13 15:13 16:11 17:8 18:7 19:7 20:5 21:2'),
  salesADay: 90,
  week: [85, 85, 90, 95, 110, 140, 135],
  staff: [
    { login: 'owner', name: '周兰', role: 'owner' },
    { login: 'manager', name: '陈默', role: 'manager', store: 'lanting-1' },
    { login: 'cashier1', name: '吴欣', role: 'cashier', store: 'lanting-1' },
    { login: 'cashier2', name: '郑宇', role: 'cashier', store: 'lanting-2' },
    { login: 'cashier3', name: '何雪', role: 'cashier', store: 'lanting-3' },
    { login: 'finance', name: '冯琳', role: 'finance' },
    { login: 'marketing', name: '董浩', role: 'marketer' },
  ],
};

export const sunrise: CastMerchant = {
  code: 'sunrise',
  name: { zh: '晨光面包', en: 'Sunrise Bakery' },
  stores: [
    store(
      'sunrise-1',
      '文三路店',
      'Wensan Road',
      '杭州市西湖区文三路 398 号',
      30.2792,
      120.1244,
      40,
    ),
    store('sunrise-2', '凤起店', 'Fengqi', '杭州市上城区凤起路 88 号', 30.2627, 120.1763, 35),
    store('sunrise-3', '城西店', 'West City', '杭州市余杭区文一西路 998 号', 30.2881, 120.0121, 25),
  ],
  goods: bakeryGoods,
  programme: { code: 'sunrise-club', name: { zh: '晨光会员', en: 'Sunrise Club' } },
  members: 80,
  phonesFrom: 8200,
  hours: hours('7:13 8:15 9:10 10:6 11:6 12:8 13:5 14:5 15:7 16:7 17:8 18:9 19:8 20:6'),
  salesADay: 110,
  week: [100, 98, 98, 100, 105, 115, 110],
  staff: [
    { login: 'owner', name: '林晓', role: 'owner' },
    { login: 'manager', name: '高峰', role: 'manager', store: 'sunrise-1' },
    { login: 'cashier1', name: '唐琪', role: 'cashier', store: 'sunrise-1' },
    { login: 'cashier2', name: '宋佳', role: 'cashier', store: 'sunrise-2' },
    { login: 'cashier3', name: '罗一', role: 'cashier', store: 'sunrise-3' },
  ],
};

export const merchants = [lanting, sunrise] as const;

/** Makes tea ware; its club is run in the stores of the tea shop beside the shop's own. */
export const brand = {
  code: 'qinglan',
  name: { zh: '青岚茶器', en: 'Qinglan Tea Ware' },
  programme: { code: 'qinglan-club', name: { zh: '青岚雅集', en: 'Qinglan Circle' } },
  members: 30,
  runsAt: lanting.code,
  budget: {
    code: 'autumn-tea',
    name: { zh: '秋茶季返现预算', en: 'Autumn tea cashback' },
    total: 5_000_000,
    chunk: 200_000,
  },
  staff: [
    { login: 'owner', name: '许青', role: 'owner' },
    { login: 'marketing', name: '苏岚', role: 'marketer' },
  ],
} as const satisfies Cast & Record<string, unknown>;

function store(
  code: string,
  zh: string,
  en: string,
  address: string,
  lat: number,
  lng: number,
  weight: number,
) {
  return { code, name: { zh, en }, address, place: { lat, lng }, weight };
}

function hours(text: string): (readonly [number, number])[] {
  return text.split(' ').map((part) => {
    const [hour, weight] = part.split(':');
    return [Number(hour), Number(weight)] as const;
  });
}
