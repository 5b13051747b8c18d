import { useSyncExternalStore } from 'react';
import { onSession, session, type Session } from './session.ts';
import { onTheme, theme, type Theme } from './theme.ts';

export function useSession(): Session | null {
  return useSyncExternalStore(onSession, session);
}

export function useTheme(): Theme {
  return useSyncExternalStore(onTheme, theme);
}
