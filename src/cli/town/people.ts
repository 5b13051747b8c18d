import type { Chance } from './chance.ts';

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧';
const GIVEN =
  '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 子轩 梓涵 雨桐 浩然 欣怡 宇航 诗涵 俊杰 思远 佳怡 晓雯 建国 海燕 志强 文博 若曦 嘉豪 安琪'.split(
    ' ',
  );

/** Somebody who becomes a member. */
export interface Person {
  readonly name: string;
  readonly phone: string;
}

/** So many people, their phone numbers counted from `first`. */
export function peopleOf(chance: Chance, count: number, first: number): Person[] {
  const surnames = Array.from(SURNAMES);
  return Array.from({ length: count }, (_, at) => ({
    name: chance.pick(surnames) + chance.pick(GIVEN),
    phone: `1380013${String(first + at).padStart(4, '0')}`,
  }));
}
