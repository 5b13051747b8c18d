import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refused } from '#kernel/refusal';
import type { Limit } from '#platform/contract';
import type { CheckLimits } from './dispatch.ts';
import { rateLimited } from './refusals.ts';

export async function registerLimits(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, { global: false });
}

/** A check that counts a request against every limit of its operation. Counters live in this process. */
export function checkLimitsOf(
  app: FastifyInstance,
  limits: readonly Limit[] | undefined,
): CheckLimits | undefined {
  if (!limits || limits.length === 0) return undefined;
  const checks = limits.map(({ max, windowSeconds, by }) =>
    app.createRateLimit({
      max,
      timeWindow: windowSeconds * 1000,
      ...(by !== 'ip' && { keyGenerator: (request: FastifyRequest) => fieldsOf(request, by) }),
    }),
  );
  return async (request) => {
    for (const check of checks) {
      const outcome = await check(request);
      if (!outcome.isAllowed && outcome.isExceeded)
        throw new Refused(rateLimited(outcome.ttlInSeconds));
    }
  };
}

function fieldsOf(request: FastifyRequest, fields: readonly string[]): string {
  const body = request.body as Record<string, unknown>;
  return JSON.stringify(fields.map((field) => String(body[field]).trim().toLowerCase()));
}
