import type { Locale } from '#kernel/refusal';
import type { Terms } from './words/terms.ts';

/** Terms in one language, as contract.ts describes them. */
export function termsShown({ name, sections }: Terms, lang: Locale) {
  return {
    title: name[lang],
    sections: sections.map(({ key, title, sentences }) => ({
      key,
      title: title[lang],
      sentences: sentences.map((sentence) => sentence[lang]),
    })),
  };
}
