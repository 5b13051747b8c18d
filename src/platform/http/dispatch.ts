import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Refused } from '#kernel/refusal';
import type { FieldFault } from '#kernel/refusal';
import { Raw } from '#platform/contract';
import type { Answer, Meta, Route } from '#platform/contract';
import { requestText, withoutSecrets } from './body.ts';
import { ctxOf } from './context.ts';
import { faultsOf } from './faults.ts';
import { invalidRequest } from './refusals.ts';
import { nulFaults } from './traps.ts';

export type ClockOf = (org: number) => Date | Promise<Date>;
/** The keyed hash of a request as text: 32 bytes that tell nothing of a phone number in it. */
export type DigestOf = (text: string) => Buffer;
export type CheckLimits = (request: FastifyRequest) => Promise<void>;

const JSON_TYPE = 'application/json; charset=utf-8';
const EMPTY = Buffer.alloc(32);

export interface DispatchOptions {
  readonly clockOf: ClockOf;
  readonly digest: DigestOf;
  readonly checkReplies?: boolean;
}

/** The handler of one operation: validate, call the verb, answer. One closure per route, none per request. */
export function dispatchOf(
  route: Route,
  { clockOf, digest, checkReplies = false }: DispatchOptions,
  checkLimits?: CheckLimits,
) {
  const { operation: spec } = route;
  const handle = route.handle as (
    ctx: unknown,
    input: unknown,
  ) => Answer | Raw | Promise<Answer | Raw>;

  return async function dispatch(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const faults: FieldFault[] = nulFaults(request);
    if (faults.length > 0) throw new Refused(invalidRequest(faults));
    const params = spec.params && parsed(spec.params, request.params, '/path', faults);
    const query = parsedQuery(spec.query, request.query as object, faults);
    const body = parsedBody(spec.body, request.body, faults);
    if (faults.length > 0) throw new Refused(invalidRequest(faults));
    if (checkLimits) await checkLimits(request);
    const clock = clockOf(request.principal.org);
    const now = clock instanceof Date ? clock : await clock;
    const input = { params, query, body, meta: metaOf(request, spec.secretFields, digest) };
    const outcome = handle(ctxOf(request, request.principal, now), input);
    const answer = outcome instanceof Promise ? await outcome : outcome;
    if (checkReplies) checkReply(route, answer);
    return send(reply, answer);
  };
}

function parsed(schema: z.ZodType, value: unknown, where: string, faults: FieldFault[]): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  faults.push(...faultsOf(result.error, schema, value, where));
  return undefined;
}

const UNKNOWN = { zh: '此操作没有这个参数', en: 'this operation has no such parameter' };

function parsedQuery(schema: z.ZodType | undefined, query: object, faults: FieldFault[]): unknown {
  if (schema) return parsed(schema, query, '/query', faults);
  for (const key in query) faults.push({ pointer: `/query/${key}`, detail: UNKNOWN });
  return undefined;
}

function parsedBody(schema: z.ZodType | undefined, body: unknown, faults: FieldFault[]): unknown {
  if (schema) return parsed(schema, body ?? undefined, '', faults);
  if (body !== null && typeof body === 'object') {
    for (const key of Object.keys(body)) faults.push({ pointer: `/${key}`, detail: UNKNOWN });
  }
  return undefined;
}

function metaOf(
  request: FastifyRequest,
  secretFields: readonly string[] | undefined,
  digest: DigestOf,
): Meta {
  const { headers, method, url } = request;
  const key = headers['idempotency-key'] as string | undefined;
  const text = secretFields ? withoutSecrets(request.body, secretFields) : request.rawText;
  return {
    idempotencyKey: key ?? '',
    requestHash: key === undefined ? EMPTY : digest(requestText(method, url, text)),
    ip: request.ip,
    accept: headers.accept ?? '',
    authorization: headers.authorization ?? '',
  };
}

function send(reply: FastifyReply, answer: Answer | Raw): FastifyReply {
  reply.code(answer.status);
  if (answer.headers) reply.headers(answer.headers);
  const json =
    answer instanceof Raw
      ? answer.json
      : answer.body === undefined
        ? ''
        : JSON.stringify(answer.body);
  reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
  if (json === '') return reply.send();
  return reply.header('content-type', answer.headers?.['content-type'] ?? JSON_TYPE).send(json);
}

function checkReply({ operation: spec }: Route, answer: Answer | Raw): void {
  const schema = spec.reply[answer.status];
  if (!schema)
    throw new Error(`${spec.id} answered ${answer.status}, which its contract does not declare`);
  if (answer.headers?.['content-type'] !== undefined) return;
  const body: unknown =
    answer instanceof Raw
      ? answer.json === ''
        ? undefined
        : JSON.parse(answer.json)
      : answer.body;
  const result = schema.safeParse(body);
  if (!result.success) throw new Error(`${spec.id} breaks its contract: ${result.error.message}`);
}
