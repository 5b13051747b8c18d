import type { Text } from '#kernel/refusal';
import type { Window } from '../rule/definition.ts';
import { numberText, text } from './figures.ts';

/** How a window of days is called: of now ("本月"), of every one ("每月"), and of any one ("自然月内"). */
interface WindowWords {
  readonly now: Text;
  readonly each: Text;
  readonly of: Text;
}

const WORDS: Readonly<Record<Exclude<Window['type'], 'rolling'>, WindowWords>> = {
  day: {
    now: text('今日', 'today'),
    each: text('每日', 'a day'),
    of: text('同一天内', 'on one day'),
  },
  week: {
    now: text('本周', 'this week'),
    each: text('每周', 'a week'),
    of: text('自然周内', 'in a calendar week'),
  },
  month: {
    now: text('本月', 'this month'),
    each: text('每月', 'a month'),
    of: text('自然月内', 'in a calendar month'),
  },
  quarter: {
    now: text('本季度', 'this quarter'),
    each: text('每季度', 'a quarter'),
    of: text('自然季度内', 'in a calendar quarter'),
  },
  year: {
    now: text('今年', 'this year'),
    each: text('每年', 'a year'),
    of: text('自然年内', 'in a calendar year'),
  },
  total: {
    now: text('累计', 'so far'),
    each: text('活动期间', 'in all'),
    of: text('累计', 'in all'),
  },
};

/** Words of a window in the three uses. */
export function windowWords(window: Window): WindowWords {
  if (window.type !== 'rolling') return WORDS[window.type];
  const days = numberText(window.days);
  const near = text(`近 ${days} 天`, window.days === 1 ? 'today' : `in the last ${days} days`);
  return { now: near, each: text(`每 ${days} 天`, `in any ${days} days`), of: near };
}
