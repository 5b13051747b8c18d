import type { Definition, Limit, Window } from '../rule/definition.ts';
import type { Report } from './report.ts';
import { isPaidFor, unitOf } from './units.ts';

/** That every limit says how much and in which window, once each, and that none contradicts another. */
export function checkLimits({ limits, benefits }: Definition, report: Report): void {
  // Growth value, coupons and gifts are counted by sales, never by amount.
  const units = new Set(benefits.filter(isPaidFor).map(unitOf));
  const seen = new Map<string, number>();
  limits.each.forEach((limit, index) => {
    const at = `/limits/each/${index}`;
    checkLimit(limit, at, report);
    if (limit.amount !== undefined && units.size !== 1) {
      const { zh, en } = units.size === 0 ? NO_AMOUNT : TWO_AMOUNTS;
      report(`${at}/amount`, zh, en);
    }
    const key = `${limit.per} ${nameOf(limit)}`;
    const first = seen.get(key);
    if (first !== undefined) {
      report(
        at,
        `与第 ${first + 1} 条限制相同,请合并`,
        `limits the same as entry ${first}: make one of both`,
      );
    } else seen.set(key, index);
  });
  checkOrder(limits.each, report);
}

const TWO_AMOUNTS = {
  zh: '优惠同时含金额与积分时不能按数额限制;请拆为两个方案,或用各项的 cap',
  en: 'fen and points cannot share an amount: make two offers, or use the cap of each benefit',
};

const NO_AMOUNT = {
  zh: '数额只计金额或积分,本方案两者皆无;请用 count',
  en: 'counts fen or points, and these benefits are neither: give count',
};

function checkLimit({ per, window, count, amount }: Limit, at: string, report: Report): void {
  const direct = per === 'sale' || per === 'line';
  if (count === undefined && amount === undefined) {
    report(
      at,
      direct ? '须写 amount' : '须写 count、amount 或两者',
      direct ? 'must give amount' : 'must give count, amount or both',
    );
  }
  if (direct && count !== undefined) {
    report(
      `${at}/count`,
      'count 计的是交易笔数,一笔交易内只能限 amount',
      'counts sales, and this is within one: give amount only',
    );
  }
  if (direct && window !== undefined) {
    report(
      `${at}/window`,
      '一笔交易内的限制没有时间窗口,请省略',
      'a limit within one sale takes no window: leave it out',
    );
  }
}

/** A narrower limit that allows more than a wider one never decides: one of both is a mistake. */
function checkOrder(each: readonly Limit[], report: Report): void {
  each.forEach((narrow, index) => {
    for (const field of ['amount', 'count'] as const) {
      const most = narrow[field];
      const wide = each
        .filter((other) => other !== narrow && isWithin(narrow, other))
        .find((other) => most !== undefined && most > (other[field] ?? Infinity));
      if (!wide) continue;
      const wider = `${wide.per} ${nameOf(wide)}`.trim();
      report(
        `/limits/each/${index}/${field}`,
        `须不大于 ${wider} 的限制 ${wide[field]}`,
        `must be at most ${wide[field]}, the limit per ${wider}`,
      );
    }
  });
}

const DAYS = { day: 1, week: 7, month: 31, quarter: 92, year: 366, total: Infinity } as const;
const CALENDAR = ['day', 'month', 'quarter', 'year', 'total'] as const;

/** Whether all that a window holds lies within another, whichever the day. */
export function windowWithin(inner: Window, outer: Window): boolean {
  if (outer.type === 'total' || inner.type === 'day') return true;
  if (inner.type === 'rolling') return outer.type === 'rolling' && inner.days <= outer.days;
  // The last days of a rolling window include those of the calendar unit up to today.
  if (outer.type === 'rolling') return DAYS[inner.type] <= outer.days;
  if (inner.type === 'week' || outer.type === 'week') return inner.type === outer.type;
  return CALENDAR.indexOf(inner.type) <= CALENDAR.indexOf(outer.type);
}

function isWithin(inner: Limit, outer: Limit): boolean {
  if (inner.per === 'line') return outer.per !== 'line';
  if (inner.per === 'sale') return outer.per !== 'line' && outer.per !== 'sale';
  if (outer.per === 'line' || outer.per === 'sale') return false;
  if (inner.per !== outer.per && outer.per !== 'offer') return false;
  return windowWithin(windowOf(inner), windowOf(outer)) && !windowsEqual(inner, outer);
}

function windowsEqual(a: Limit, b: Limit): boolean {
  return a.per === b.per && nameOf(a) === nameOf(b);
}

/** Without a window, for ever. */
function windowOf({ window }: Limit): Window {
  return window ?? { type: 'total' };
}

function nameOf(limit: Limit): string {
  if (limit.per === 'sale' || limit.per === 'line') return '';
  const window = windowOf(limit);
  return window.type === 'rolling' ? `rolling ${window.days} days` : window.type;
}
