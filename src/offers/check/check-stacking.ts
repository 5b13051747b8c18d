import type { Definition } from '../rule/definition.ts';
import type { Report } from './report.ts';

/** That lane, group and exclusions fit the benefits and each other. */
export function checkStacking({ code, stacking, benefits }: Definition, report: Report): void {
  const { lane, group, pick, most, not_with: notWith = [] } = stacking;
  const discounts = benefits.filter(({ kind }) => kind === 'discount').length;
  if (lane === 'earning' && discounts > 0) {
    report(
      '/stacking/lane',
      '减免须为 line、order、coupon 或 tender',
      'a discount is decided in line, order, coupon or tender',
    );
  }
  if (lane !== undefined && lane !== 'earning' && discounts === 0) {
    report(
      '/stacking/lane',
      '积分、返现、券与赠品须为 earning 或省略',
      'what is earned is decided in earning: leave it out',
    );
  }
  if (group === undefined && pick !== 'best') {
    report(
      '/stacking/pick',
      '只有写了 group 才能选择;请补 group 或省略 pick',
      'chooses within a group: give group, or leave pick out',
    );
  }
  if (most !== undefined && pick !== 'all') {
    report(
      '/stacking/most',
      'best 与 first 只取一个;most 只与 pick: all 一起写',
      'best and first take one: give most only with pick all',
    );
  }
  notWith.forEach((other, index) => {
    if (other !== code) return;
    report(
      `/stacking/not_with/${index}`,
      '不能与自身互斥,请去掉',
      'an offer cannot exclude itself: remove it',
    );
  });
}
