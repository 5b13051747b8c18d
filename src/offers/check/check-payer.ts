import { yuan } from '#kernel/money';
import type { Funding } from '../rule/definition.ts';
import type { Report } from './report.ts';

type Payer = Funding[number];

/** Whether a list of payers pays fen, points or both. */
interface Paid {
  readonly fen: boolean;
  readonly points: boolean;
}

/** One payer by itself: who it is, from what it pays, and its caps. */
export function checkPayer(payer: Payer, at: string, paid: Paid, report: Report): void {
  checkWho(payer, at, paid, report);
  checkCaps(payer, at, report);
  if (!(paid.fen && paid.points)) return;
  for (const field of ['fixed', 'cap'] as const) {
    if (payer[field] === undefined) continue;
    report(
      `${at}/${field}`,
      '同一名单既付金额又付积分时不能定额或封顶;请为积分单独写 funding',
      'a list that pays both fen and points has no fixed part and no cap: give the points a funding of their own',
    );
  }
}

function checkWho({ party, funder_org, budget }: Payer, at: string, paid: Paid, report: Report) {
  if (party === 'funder') {
    if (funder_org === undefined) {
      report(
        `${at}/funder_org`,
        '出资方为 funder 时须写机构编号',
        'must be the org id of the funder',
      );
    }
    if (budget === undefined && paid.fen) {
      report(
        `${at}/budget`,
        '减免与返现由外部出资时须指定预算',
        'a funder pays discounts and cashback from a budget: name it',
      );
    }
  } else {
    if (funder_org !== undefined) {
      report(
        `${at}/funder_org`,
        '商户或门店出资时须省略',
        'must be left out when the merchant or store pays',
      );
    }
    if (budget !== undefined) {
      report(
        `${at}/budget`,
        '商户或门店从自己的账簿出资,须省略预算',
        'the merchant or store pays from its own book: leave the budget out',
      );
    }
  }
  if (budget !== undefined && party === 'funder' && paid.points) {
    report(
      `${at}/budget`,
      '积分不占用金额预算;请为积分单独写 funding',
      'a budget is money and cannot pay points: give the points a funding of their own',
    );
  }
}

const CAPS = ['per_sale', 'per_day', 'per_month', 'total'] as const;

function checkCaps({ cap, fixed }: Payer, at: string, report: Report): void {
  if (!cap) return;
  const given = CAPS.filter((name) => cap[name] !== undefined);
  if (given.length === 0) {
    report(`${at}/cap`, '须写其中一项,或省略', 'must give one of them, or be left out');
  }
  for (const [index, name] of given.entries()) {
    const wider = given[index + 1];
    if (wider === undefined || cap[name]! <= cap[wider]!) continue;
    report(
      `${at}/cap/${name}`,
      `须不大于 ${wider} 的 ${yuan(cap[wider]!)} 元`,
      `must be at most the ${cap[wider]} fen of ${wider}`,
    );
  }
  if (fixed !== undefined && cap.per_sale !== undefined && fixed > cap.per_sale) {
    report(
      `${at}/cap/per_sale`,
      `须不小于定额 ${yuan(fixed)} 元`,
      `must be at least the ${fixed} fen that this payer pays per grant`,
    );
  }
}
