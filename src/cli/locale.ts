import type { Locale } from '#kernel/refusal';

/** The language of what commands say: that of the terminal, `LC_ALL` before `LC_MESSAGES` before `LANG`. */
export function terminalLocale(env: NodeJS.ProcessEnv = process.env): Locale {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value);
  return named?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
