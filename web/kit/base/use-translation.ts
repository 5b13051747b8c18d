import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';

interface Translation {
  readonly t: TFunction;
  readonly language: string;
}

/** The texts in the language of the page, anew when it changes. i18next's own hook would weigh a tenth of the way in. */
export function useTranslation(): Translation {
  const language = useSyncExternalStore(
    (listener) => {
      i18next.on('languageChanged', listener);
      return () => i18next.off('languageChanged', listener);
    },
    () => i18next.language,
  );
  return { t: i18next.t, language };
}
