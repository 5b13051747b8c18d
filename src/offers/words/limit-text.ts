import type { Text } from '#kernel/refusal';
import type { Benefit, Limit } from '../rule/definition.ts';
import { numberText, text } from './figures.ts';
import { inUnit } from './granted-text.ts';
import { windowWords } from './window-text.ts';

const SUBJECTS: Readonly<Record<Limit['per'], Text>> = {
  sale: text('每单', 'each sale'),
  line: text('每行商品', 'each line of goods'),
  member: text('每位会员', 'each member'),
  card: text('每张卡', 'each card'),
  device: text('每台设备', 'each device'),
  store: text('每家门店', 'each store'),
  terminal: text('每台收银终端', 'each till'),
  offer: text('全部顾客合计', 'all customers together'),
};

/** Whose limit it is: "每位会员". */
export function subjectText(per: Limit['per']): Text {
  return SUBJECTS[per];
}

/** The kind in whose unit the amounts of an offer's limits are; mixed units are plain numbers of fen. */
export function limitUnit(benefits: readonly Pick<Benefit, 'kind'>[]): Benefit['kind'] {
  const kinds = new Set(benefits.map(({ kind }) => kind));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'cashback';
}

/** "每位会员每日最多 2 次、20.00 元". */
export function limitText(limit: Limit, unit: Benefit['kind']): Text {
  const subject = SUBJECTS[limit.per];
  const most: Text[] = [];
  if (limit.count !== undefined)
    most.push(
      text(
        `${numberText(limit.count)} 次`,
        limit.count === 1 ? 'once' : `${numberText(limit.count)} times`,
      ),
    );
  if (limit.amount !== undefined) most.push(inUnit(unit, limit.amount));
  const shown = text(most.map(({ zh }) => zh).join('、'), most.map(({ en }) => en).join(' and '));
  if (limit.per === 'sale' || limit.per === 'line')
    return text(`${subject.zh}最多 ${shown.zh}`, `${subject.en}: at most ${shown.en}`);
  const window = windowWords(limit.window ?? { type: 'total' }).each;
  return text(
    `${subject.zh}${window.zh}最多 ${shown.zh}`,
    `${subject.en}: at most ${shown.en} ${window.en}`,
  );
}
