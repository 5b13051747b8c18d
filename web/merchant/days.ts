/** The business day of the shops, and the days before it, as the reports take them. */
const DAY_MS = 86_400_000;
const zoned = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' });

export function daysBack(count: number, skip = 0, now = Date.now()): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    zoned.format(now - (skip + count - 1 - index) * DAY_MS),
  );
}
