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
        if (name === ' ' && !isFree(event.target)) return;
        event.preventDefault();
        held.current[name]?.();
      },
    ]);
    return tinykeys(
      window,
      Object.fromEntries(bound) as Record<string, (event: KeyboardEvent) => void>,
      {
        ignore: (event) => event.isComposing,
      },
    );
  }, [names]);
}

/** Whether a blank would type nothing: the empty field of the till, or no field at all. */
function isFree(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.id === 'universal' && target.value === '';
  return target === document.body;
}
