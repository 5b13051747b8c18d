import { z } from 'zod';
import { latestOf, type Relay } from '#ledger';
import type { OrgFacts } from '#merchants';
import { answer, bind, operation, type Route } from '#platform/contract';
import type { Database } from '#platform/db/transact';
import { type OrgClocks, setClock } from '#platform/org-clock';
import type { SnapshotSource } from '#platform/snapshot';
import type { TimerHandler } from '#platform/timer/due-timer';

const clock = z.strictObject({ now: z.iso.datetime(), timers: z.int() }).meta({
  id: 'Clock',
  description: 'The time of the org, and how many timers ran on the way to it.',
});

export const readClock = operation({
  id: 'readClock',
  method: 'GET',
  path: '/v1/clock',
  summary: 'Read the clock of the org',
  description: 'Real time, or what a sandbox org set its clock to.',
  tags: ['Clock'],
  scope: 'session',
  reply: { 200: clock },
});

export const advanceClock = operation({
  id: 'setClock',
  method: 'POST',
  path: '/v1/clock',
  summary: 'Set the clock of a sandbox org',
  description:
    'Forward only, and the first time to no earlier than the newest of what stands in your book. Timers that fall due on the way run in due order, each at its own time.',
  tags: ['Clock'],
  scope: 'clock.set',
  idempotent: false,
  body: z.strictObject({
    now: z.iso.datetime({ offset: true }).meta({ example: '2026-11-22T08:00:00+08:00' }),
  }),
  reply: { 200: clock },
  refusals: ['clock_not_settable', 'clock_backwards', 'clock_busy'],
});

interface ClockEdges {
  readonly db: Database;
  readonly clocks: OrgClocks;
  readonly handlers: Readonly<Record<string, TimerHandler>>;
  readonly orgs: SnapshotSource<OrgFacts>;
  readonly relay: Relay;
}

export function clockRoutes({ db, clocks, handlers, orgs, relay }: ClockEdges): Route[] {
  const isSandbox = async (org: number) => (await orgs.get(org)).value.org.sandbox;
  return [
    bind(readClock, (ctx) => answer(200, { now: clocks.now(ctx.org).toISOString(), timers: 0 })),
    bind(advanceClock, async (ctx, { body }) => {
      const { now, timers } = await setClock(
        { db, clocks, handlers, isSandbox, latestOf },
        ctx,
        new Date(body.now),
      );
      await relay.settle();
      return answer(200, { now: now.toISOString(), timers });
    }),
  ];
}
