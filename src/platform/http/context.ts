import type { FastifyRequest } from 'fastify';
import type { Ctx, Principal } from '#platform/context';
import { localeOf } from './locale.ts';

/** Who asks before anybody has signed in. Its org 0 is no book, so it sees no row. */
export const NOBODY: Principal = {
  kind: 'system',
  id: 'nobody',
  name: 'nobody',
  org: 0,
  scopes: new Set(),
  stores: new Set(),
};

const PREFIX = `req_${Math.random().toString(36).slice(2, 8)}${process.pid.toString(36)}_`;
let served = 0;

/** Unique over processes and restarts, and cheaper than a UUID. */
export function newRequestId(): string {
  return PREFIX + (++served).toString(36);
}

export function ctxOf(request: FastifyRequest, principal: Principal, now: Date): Ctx {
  return {
    org: principal.org,
    principal,
    now,
    requestId: request.id,
    locale: localeOf(request.headers['accept-language']),
  };
}
