import { hash } from 'node:crypto';
import { Refused } from '#kernel/refusal';
import { steadyMs } from '#platform/clock';
import type { Principal } from '#platform/context';
import { tokenInvalid } from './refusals.ts';

const FRESH_MS = 5_000;
const KEPT_MAX = 10_000;

interface Kept {
  readonly principal: Principal;
  readonly untilMs: number;
}

/** What a lookup found; `endsInMs` is how long the token itself still holds. */
export interface Found {
  readonly principal: Principal;
  readonly endsInMs: number;
}

export interface Bearers {
  /** The principal of an Authorization header, without a promise while it is remembered. */
  readonly authenticate: (authorization: string) => Principal | Promise<Principal>;
  /** Forgets every token of a staff member or key. Call it after the commit that revoked them. */
  readonly forget: (principalId: string) => void;
}

/**
 * Remembers principals by the hash of their token for 5 s, so that a sale costs no read. A revocation
 * counts at once in the process that made it and within 5 s in others.
 */
export function rememberBearers(
  lookUp: (authorization: string) => Promise<Found | undefined>,
): Bearers {
  const kept = new Map<string, Kept>();
  const asking = new Map<string, Promise<Principal>>();
  let epoch = 0;

  async function ask(authorization: string, key: string): Promise<Principal> {
    const began = epoch;
    const found = await lookUp(authorization).finally(() => asking.delete(key));
    if (!found) throw new Refused(tokenInvalid());
    // A lookup that began before a revocation may have seen the token alive.
    if (began === epoch) {
      if (kept.size >= KEPT_MAX) kept.clear();
      kept.set(key, {
        principal: found.principal,
        untilMs: steadyMs() + Math.min(FRESH_MS, found.endsInMs),
      });
    }
    return found.principal;
  }

  return {
    authenticate(authorization) {
      const key = hash('sha256', authorization, 'base64');
      const known = kept.get(key);
      if (known && known.untilMs > steadyMs()) return known.principal;
      let pending = asking.get(key);
      if (!pending) asking.set(key, (pending = ask(authorization, key)));
      return pending;
    },
    forget(principalId) {
      epoch += 1;
      asking.clear();
      for (const [key, { principal }] of kept) if (principal.id === principalId) kept.delete(key);
    },
  };
}
