import { language } from '#kit/base';

let zone = 'Asia/Shanghai';

/** The zone of the org, in which its days begin: every time on a page is told in it, wherever the browser stands. */
export function setZone(next: string): void {
  zone = next;
}

/** An instant as the org's clock tells it. */
export function timeText(
  instant: string | number,
  style: Pick<Intl.DateTimeFormatOptions, 'dateStyle' | 'timeStyle'>,
): string {
  return new Intl.DateTimeFormat(language(), { ...style, timeZone: zone }).format(
    new Date(instant),
  );
}

/** The calendar day of an instant in the org's zone. */
export function dayText(instant: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(instant);
}
