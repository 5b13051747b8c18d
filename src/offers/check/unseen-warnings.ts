import type { FieldFault } from '#kernel/refusal';
import type { Definition } from '../rule/definition.ts';
import { namesOf } from './names.ts';

/** Goods of an org that sells nothing of its own cannot be looked up. */
export function unseenGoods(definition: Definition): FieldFault[] {
  return namesOf(definition).flatMap(({ kind, name, pointer }) =>
    kind === 'sku' || kind === 'category' || kind === 'brand'
      ? [
          {
            pointer,
            detail: {
              zh: `本机构没有商品目录，无法核对 ${name}；须与售出商户的目录一致`,
              en: `this org has no products, so ${name} cannot be checked; it must stand in the catalogue of whoever sells`,
            },
          },
        ]
      : [],
  );
}

/** There is no register of terminals. */
export function unseenTerminals(definition: Definition): FieldFault[] {
  return namesOf(definition).flatMap(({ kind, name, pointer }) =>
    kind === 'terminal'
      ? [
          {
            pointer,
            detail: {
              zh: `终端编号 ${name} 无法核对；写错则永远不生效`,
              en: `the terminal ${name} cannot be checked; if it is wrong the offer never applies there`,
            },
          },
        ]
      : [],
  );
}
