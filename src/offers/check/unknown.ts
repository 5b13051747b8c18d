import type { FieldFault, Text } from '#kernel/refusal';
import type { Definition } from '../rule/definition.ts';
import type { GoodsNamed, Knows, KnownGoods } from '../room.ts';
import { type Named, namesOf } from './names.ts';

type Goods = 'sku' | 'category' | 'brand';
type GoodsName = Extract<Named, { kind: Goods }>;

/** What the goods are that a definition names; null where its org sells nothing of its own. */
export function goodsOf(
  knows: Knows,
  org: number,
  definition: Definition,
): Promise<KnownGoods | null> {
  const names = namesOf(definition);
  const named = (kind: Goods) => names.filter((each) => each.kind === kind).map(({ name }) => name);
  const asked: GoodsNamed = {
    skus: named('sku'),
    categories: named('category'),
    brands: named('brand'),
  };
  return knows.goods(org, asked);
}

/** Faults of names that stand for nothing: goods not sold, stores, tiers, banks, templates, payers. */
export async function unknownFaults(
  knows: Knows,
  org: number,
  definition: Definition,
  goods: KnownGoods | null,
): Promise<FieldFault[]> {
  const names = namesOf(definition);
  const known = await Promise.all(names.map((each) => isThere(knows, org, each, goods)));
  return names
    .filter((_, index) => !known[index])
    .map((each) => ({ pointer: each.pointer, detail: saying(each) }));
}

async function isThere(
  knows: Knows,
  org: number,
  named: Named,
  goods: KnownGoods | null,
): Promise<boolean> {
  switch (named.kind) {
    case 'store':
      return knows.store(org, named.name);
    case 'tier':
      return knows.tier(org, named.name);
    case 'issuer':
      return knows.issuer(named.name);
    case 'template':
      return knows.template(org, named.name);
    case 'funder':
      return knows.funder(named.org);
    case 'budget':
      return (await knows.budget(named.org, named.name, org)) !== null;
    case 'sku':
    case 'category':
    case 'brand':
      return goods === null || isSold(named, goods);
    // There is no register of terminals.
    case 'terminal':
      return true;
  }
}

export function isSold({ kind, name }: GoodsName, goods: KnownGoods): boolean {
  switch (kind) {
    case 'sku':
      return goods.skus.has(name);
    case 'category':
      return goods.categories.has(name);
    case 'brand':
      return goods.brands.has(name);
  }
}

function saying(named: Named): Text {
  const { name } = named;
  switch (named.kind) {
    case 'store':
      return {
        zh: `没有门店 ${name}；请从 GET /v1/stores 选择`,
        en: `there is no store ${name}; choose one of GET /v1/stores`,
      };
    case 'tier':
      return { zh: `会员计划没有等级 ${name}`, en: `no programme has the tier ${name}` };
    case 'issuer':
      return {
        zh: `卡 BIN 表中没有发卡行 ${name}；请写银行代码，如 ICBC`,
        en: `the BIN table has no issuer ${name}; write a bank code such as ICBC`,
      };
    case 'template':
      return {
        zh: `没有可发放的券模板 ${name}；请先建立`,
        en: `there is no coupon template ${name} to issue; create it first`,
      };
    case 'funder':
      return { zh: `没有机构 ${name}`, en: `there is no org ${name}` };
    case 'budget':
      return {
        zh: `机构 ${named.org} 没有可供本机构使用的预算 ${name}`,
        en: `org ${named.org} has no budget ${name} that this org may draw on`,
      };
    case 'sku':
      return {
        zh: `没有在售商品 ${name}；请从 GET /v1/products 选择`,
        en: `no product on sale has the SKU ${name}; choose one of GET /v1/products`,
      };
    case 'category':
      return {
        zh: `没有商品属于类别 ${name}；请写在售商品的类别`,
        en: `no product is of the category ${name}; write one that products have`,
      };
    case 'brand':
      return {
        zh: `没有商品属于品牌 ${name}；请写在售商品的品牌`,
        en: `no product is of the brand ${name}; write one that products have`,
      };
    case 'terminal':
      return { zh: `没有终端 ${name}`, en: `there is no terminal ${name}` };
  }
}
