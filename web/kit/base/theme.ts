import './kit.css';
import './theme.css';

export type Theme = 'light' | 'dark';

const NAME = 'tillback.theme';
const listeners = new Set<() => void>();

/** The theme chosen before, else the system's. */
export function theme(): Theme {
  const chosen = localStorage.getItem(NAME);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function setTheme(next: Theme): void {
  localStorage.setItem(NAME, next);
  showTheme();
  for (const listener of listeners) listener();
}

export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Puts the theme on the page; the tokens of theme.css follow. */
export function showTheme(): void {
  document.documentElement.dataset['theme'] = theme();
}
