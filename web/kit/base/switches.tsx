import { useTranslation } from './use-translation.ts';
import { language, setLanguage } from './language.ts';
import { setTheme } from './theme.ts';
import { useTheme } from './use.ts';

/** Language and theme, on every page at the same place. */
export function Switches() {
  const { t } = useTranslation();
  const theme = useTheme();
  return (
    <span className="switches">
      <button
        type="button"
        className="button quiet"
        lang={language() === 'en' ? 'zh-CN' : 'en'}
        onClick={() => setLanguage(language() === 'en' ? 'zh-CN' : 'en')}
      >
        {t('kit.language')}
      </button>
      <button
        type="button"
        className="button quiet"
        aria-label={t('kit.theme')}
        aria-pressed={theme === 'dark'}
        onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        {theme === 'dark' ? '☾' : '☀'}
      </button>
    </span>
  );
}
