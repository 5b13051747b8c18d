import i18next from 'i18next';

export type Language = 'zh-CN' | 'en';

/** Every text in both languages; the Chinese text says which keys there are. */
export interface Texts<T> {
  readonly 'zh-CN': T;
  readonly en: T;
}

const NAME = 'tillback.language';

/** Starts the texts of an app in the language chosen before, else the browser's. */
export async function startLanguage(texts: Texts<object>): Promise<void> {
  const language = chosenLanguage();
  await i18next.init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: texts['zh-CN'] }, en: { translation: texts.en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Adds the texts of a part that is loaded later. */
export function addTexts(texts: Texts<object>): void {
  for (const each of ['zh-CN', 'en'] as const)
    i18next.addResourceBundle(each, 'translation', texts[each], true, true);
}

export function language(): Language {
  return i18next.language === 'en' ? 'en' : 'zh-CN';
}

export function setLanguage(next: Language): void {
  localStorage.setItem(NAME, next);
  document.documentElement.lang = next;
  void i18next.changeLanguage(next);
}

function chosenLanguage(): Language {
  const chosen = localStorage.getItem(NAME);
  if (chosen === 'zh-CN' || chosen === 'en') return chosen;
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}
