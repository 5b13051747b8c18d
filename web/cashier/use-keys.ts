import { useEffect, useRef } from 'react';
import { tinykeys } from 'tinykeys';

/** Keys of the till, wherever the focus is; the newest meaning counts. */
export function useKeys(keys: Readonly<Record<string, () => unknown>>): void {
  const held = useRef(keys);
  held.current = keys;
  const names = Object.keys(keys).join(' | ');
  useEffect(() => {
    const bound = Object.keys(held.current).map((name) => [
      name === ' ' ? 'Space' : name,
      (event: KeyboardEvent) => {
        if (event.isComposing) return;
        const field = event.target instanceof HTMLInputElement ? event.target : null;
        if (
          name === ' ' &&
          (event.target instanceof HTMLButtonElement || (field && field.value !== ''))
        )
          return;
        event.preventDefault();
        held.current[name]?.();
      },
    ]);
    return tinykeys(
      window,
      Object.fromEntries(bound) as Record<string, (event: KeyboardEvent) => void>,
    );
  }, [names]);
}
