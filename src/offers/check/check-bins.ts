import type { Leaf } from '../rule/definition.ts';
import type { Interval } from './intervals.ts';
import type { Report } from './report.ts';

type BinLeaf = Extract<Leaf, { type: 'bin' }>;

/** The digits that are known of a card number at most. */
const DIGITS = 10;

/** That card numbers are named, and ranges run upwards between numbers of one length. */
export function checkBins({ prefixes, ranges }: BinLeaf, at: string, report: Report): void {
  if (!prefixes && !ranges) {
    report(at, '须写 prefixes、ranges 或两者', 'must give prefixes, ranges or both');
  }
  ranges?.forEach(({ from, to }, index) => {
    if (from.length !== to.length) {
      report(
        `${at}/ranges/${index}/to`,
        `两端位数须相同:须为 ${from.length} 位数字`,
        `both ends have the same length: must be ${from.length} digits`,
      );
    } else if (to < from) {
      report(`${at}/ranges/${index}/to`, `须不小于 ${from}`, `must not be below ${from}`);
    }
  });
}

/** What a condition on card numbers admits, by their first ten digits. */
export function binRanges({ prefixes = [], ranges = [] }: BinLeaf): Interval[] {
  return [...prefixes.map((prefix) => ({ from: prefix, to: prefix })), ...ranges].map((each) => ({
    from: Number(each.from.padEnd(DIGITS, '0')),
    to: Number(each.to.padEnd(DIGITS, '9')),
  }));
}
