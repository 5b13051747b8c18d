import type { Text } from '#kernel/refusal';
import type { Window } from '../rule/definition.ts';
import { numberText, text } from './figures.ts';

/** How a window of days is called: of now ("本月"), of every one ("每月"), and of any one ("自然月内"), and of the one that a sale falls in ("当月"). */
interface WindowWords {
  readonly now: Text;
  readonly each: Text;
  readonly of: Text;
  readonly same: Text;
}

const WORDS: Readonly<Record<Exclude<Window['type'], 'rolling'>, WindowWords>> = {
  day: {
    now: text('今日', 'today'),
    each: text('每日', 'a day'),
    of: text('同一天内', 'on one day'),
    same: text('当日', 'on the same day'),
  },
  week: {
    now: text('本周', 'this week'),
    each: text('每周', 'a week'),
    of: text('自然周内', 'in a calendar week'),
    same: text('当周', 'in the same week'),
  },
  month: {
    now: text('本月', 'this month'),
    each: text('每月', 'a month'),
    of: text('自然月内', 'in a calendar month'),
    same: text('当月', 'in the same month'),
  },
  quarter: {
    now: text('本季度', 'this quarter'),
    each: text('每季度', 'a quarter'),
    of: text('自然季度内', 'in a calendar quarter'),
    same: text('当季', 'in the same quarter'),
  },
  year: {
    now: text('今年', 'this year'),
    each: text('每年', 'a year'),
    of: text('自然年内', 'in a calendar year'),
    same: text('当年', 'in the same year'),
  },
  total: {
    now: text('累计', 'so far'),
    each: text('活动期间', 'in all'),
    of: text('累计', 'in all'),
    same: text('', 'before'),
  },
};

/** Words of a window in all its uses. */
export function windowWords(window: Window): WindowWords {
  if (window.type !== 'rolling') return WORDS[window.type];
  const days = numberText(window.days);
  const near = text(`近 ${days} 天`, window.days === 1 ? 'today' : `in the last ${days} days`);
  return { now: near, each: text(`每 ${days} 天`, `in any ${days} days`), of: near, same: near };
}
