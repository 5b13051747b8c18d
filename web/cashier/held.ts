import type { Basket, Held } from './till.ts';

const NAME = 'tillback.held';

/** Baskets put aside on this device; they outlive a reload. */
export function heldBaskets(): readonly Held[] {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? '[]') as Held[];
  } catch {
    return [];
  }
}

export function holdBasket(basket: Basket): readonly Held[] {
  return stored([...heldBaskets(), { ...basket, at: new Date().toISOString() }]);
}

/** Takes a basket off hold. @returns what stays */
export function takeHeld(key: string): readonly Held[] {
  return stored(heldBaskets().filter((held) => held.key !== key));
}

function stored(held: readonly Held[]): readonly Held[] {
  localStorage.setItem(NAME, JSON.stringify(held));
  return held;
}
