import type pg from 'pg';
import { steadyMs } from '#platform/clock';

const EVERY_MS = 10_000;
const plannedAt = new WeakMap<pg.Client, number>();

/**
 * Has a long-lived connection plan its statements anew every ten seconds. A plan made while a table was empty
 * reads the whole of it, and PostgreSQL itself plans again only after the next ANALYZE.
 */
export function freshPlans(client: pg.Client): void {
  const now = steadyMs();
  const before = plannedAt.get(client);
  if (before !== undefined && now - before < EVERY_MS) return;
  plannedAt.set(client, now);
  if (before !== undefined) client.query('discard plans').catch(() => undefined);
}
