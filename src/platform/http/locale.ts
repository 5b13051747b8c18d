import type { Locale } from '#kernel/refusal';

const remembered = new Map<string, Locale>();

/** The language of an answer: the first of zh and en by Accept-Language; zh if it names neither. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (!acceptLanguage) return 'zh';
  let locale = remembered.get(acceptLanguage);
  if (locale === undefined) {
    locale = preferred(acceptLanguage);
    if (remembered.size > 256) remembered.clear();
    if (acceptLanguage.length < 200) remembered.set(acceptLanguage, locale);
  }
  return locale;
}

function preferred(header: string): Locale {
  let best: Locale = 'zh';
  let bestQuality = 0;
  for (const part of header.split(',').slice(0, 20)) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters
      .map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1])
      .find((value) => value !== undefined);
    const quality = q === undefined ? 1 : Number(q);
    const language = tag.split('-')[0];
    if ((language === 'zh' || language === 'en') && quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
}
