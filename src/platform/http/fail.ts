import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '#kernel/refusal';
import type { Refusal } from '#kernel/refusal';
import { isLost } from '#platform/db/lost';
import type { TellError } from '#platform/tell-errors';
import { localeOf } from './locale.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import * as refusals from './refusals.ts';

const OF_FASTIFY: Readonly<Record<string, () => Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: refusals.bodyTooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: refusals.wrongContentType,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: refusals.badRequest,
  FST_ERR_BAD_URL: refusals.badRequest,
  FST_ERR_ASYNC_CONSTRAINT: refusals.badRequest,
  FST_ERR_MAX_PARAM_LENGTH: refusals.routeUnknown,
};

/**
 * Answers an error with its problem document; what is no refusal is logged and answered as 500. What refuses
 * every request for a while, as a database that is gone, is logged once and counted.
 */
export function fail(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  tell: TellError,
): FastifyReply {
  const refusal = refusalOf(error);
  if (refusal.status >= 500) {
    const { message, stack, code } = error as FastifyError;
    const operation =
      request.routeOptions.config &&
      (request.routeOptions.config as { operation?: string }).operation;
    const kind = refusal.code === refusals.unexpected().code ? null : refusal.code;
    tell(kind, { request_id: request.id, operation, code, stack }, message);
  }
  return sendProblem(refusal, request, reply);
}

/** Statement or lock time-outs, and conflicts that outlived their retries. */
const DATABASE_BUSY = /^(57014|55P03|40001|40P01)$/;
// Class 22: what no schema caught, such as a sum beyond bigint. A division by zero is our own fault.
const VALUE_UNSTORABLE = /^22(?!012)...$/;

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  const { code } = error as { code?: string };
  const known = code === undefined ? undefined : OF_FASTIFY[code];
  if (known) return known();
  if (code !== undefined && DATABASE_BUSY.test(code)) return refusals.overloaded();
  if (code !== undefined && VALUE_UNSTORABLE.test(code)) return refusals.valueUnstorable();
  return isLost(error) ? refusals.databaseUnavailable() : refusals.unexpected();
}

export function sendProblem(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const locale = localeOf(request.headers['accept-language']);
  reply.code(refusal.status).headers({
    'content-type': PROBLEM_TYPE,
    'content-language': locale,
    vary: 'Accept-Language',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (refusal.status === 401) reply.header('www-authenticate', 'Bearer');
  if (refusal.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(refusal.retryAfterSeconds));
  return reply.send(JSON.stringify(problemOf(refusal, locale, request.url, request.id)));
}
