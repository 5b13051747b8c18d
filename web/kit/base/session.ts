/** Who is signed in in this browser tab; the token is forgotten with the tab. */
export interface Session {
  readonly token: string;
  readonly org: string;
}

const NAME = 'tillback.session';
let held: Session | null = read();
const listeners = new Set<() => void>();

export function session(): Session | null {
  return held;
}

export function setSession(next: Session | null): void {
  held = next;
  if (next === null) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, JSON.stringify(next));
  for (const listener of listeners) listener();
}

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? 'null') as Session | null;
  } catch {
    return null;
  }
}
