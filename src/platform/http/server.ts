import fastify from 'fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Refusal } from '#kernel/refusal';
import type { TrustProxy } from '#platform/config';
import type { Route } from '#platform/contract';
import { tellErrors } from '#platform/tell-errors';
import { parseJson } from './body.ts';
import { newRequestId } from './context.ts';
import { dispatchOf } from './dispatch.ts';
import type { ClockOf, DigestOf } from './dispatch.ts';
import { type Pages, registerPages } from './pages.ts';
import { registerDocs } from './docs.ts';
import { fail, sendProblem } from './fail.ts';
import { gateOf } from './gate.ts';
import type { Authenticate, Load } from './gate.ts';
import { registerHealth } from './health.ts';
import { answerUnreadable } from './unreadable.ts';
import { checkLimitsOf, registerLimits } from './limits.ts';
import { createMetrics } from './metrics.ts';
import type { Metrics } from './metrics.ts';
import { methodNotAllowed, platformRefusals, routeUnknown } from './refusals.ts';

const BODY_BYTES_MAX = 1024 * 1024;
const IN_FLIGHT_MAX = 4096;

export interface ServerOptions {
  readonly routes: readonly Route[];
  /** The web apps, where they were built. */
  readonly pages?: Pages;
  readonly authenticate: Authenticate;
  /** The clock of an org; org 0 is real time. Answer without a promise when it is in memory. */
  readonly clockOf: ClockOf;
  /** Hashes requests under a key; all processes over one database need the same. */
  readonly digest: DigestOf;
  /** The closed list of permissions; an operation that names another one fails the build. */
  readonly permissions: ReadonlySet<string>;
  /** One example of each refusal of the rooms, for /docs/problems. */
  readonly refusals: readonly Refusal[];
  readonly log: {
    error(fields: object, message: string): void;
    debug(fields: object, message: string): void;
  };
  readonly logRequests?: boolean;
  readonly version: string;
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<unknown>;
  /** Validates every reply against its contract; for tests. */
  readonly checkReplies?: boolean;
  /** Whose X-Forwarded-For is believed: addresses and networks; nobody's unless said. */
  readonly trustProxy?: TrustProxy;
  readonly inFlightMax?: number;
}

export interface Server {
  readonly app: FastifyInstance;
  readonly metrics: Metrics;
  /** /health says 503 from now on, so that a balancer sends nobody; requests are still served. */
  drain(): void;
}

/** Puts the operations on the wire. @throws TypeError on a doubled id or an unknown permission. */
export async function buildServer(options: ServerOptions): Promise<Server> {
  checkRoutes(options);
  const metrics = createMetrics();
  const load: Load = { inFlight: 0, inFlightMax: options.inFlightMax ?? IN_FLIGHT_MAX };
  const state = { draining: false };
  const tell = tellErrors(options.log);
  const app = fastify({
    logger: false,
    requestIdHeader: false,
    genReqId: newRequestId,
    bodyLimit: BODY_BYTES_MAX,
    trustProxy: options.trustProxy ?? false,
    requestTimeout: 30_000,
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 256 },
    frameworkErrors: (error, request, reply) => void fail(error, request, reply, tell),
  });
  app.decorateRequest('principal', null as never);
  app.decorateRequest('rawText', '');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, readJson);
  app.setErrorHandler((error, request, reply) => fail(error, request, reply, tell));
  registerNotFound(app);
  await registerLimits(app);
  countRequests(app, load, metrics, options);
  registerHealth(app, metrics, state, options);
  if (options.pages) await registerPages(app, options.pages);
  registerDocs(app, options.routes, [...platformRefusals, ...options.refusals], options.version);
  for (const route of options.routes) register(app, route, load, options);
  return { app, metrics, drain: () => void (state.draining = true) };
}

function register(app: FastifyInstance, route: Route, load: Load, options: ServerOptions): void {
  const spec = route.operation;
  app.route({
    method: spec.method,
    url: spec.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { operation: spec.id } as object,
    onRequest: gateOf(spec, options.authenticate, load),
    handler: dispatchOf(route, options, checkLimitsOf(app, spec.limits)),
  });
}

function checkRoutes({ routes, permissions }: ServerOptions): void {
  const ids = new Set<string>();
  for (const { operation: spec } of routes) {
    if (ids.has(spec.id)) throw new TypeError(`two operations are called ${spec.id}`);
    ids.add(spec.id);
    const known =
      spec.scope === 'public' || spec.scope === 'session' || permissions.has(spec.scope);
    if (!known)
      throw new TypeError(`operation ${spec.id} names the unknown permission ${spec.scope}`);
  }
}

function readJson(
  request: FastifyRequest,
  bytes: Buffer,
  done: (error: Error | null, body?: unknown) => void,
): void {
  try {
    if (bytes.length === 0) return done(null, undefined);
    const { text, value } = parseJson(bytes);
    request.rawText = text;
    done(null, value);
  } catch (error) {
    done(error as Error);
  }
}

interface Timed extends ServerResponse {
  tillback?: { readonly startMs: number; readonly operation: string; readonly id: string };
}

function countRequests(
  app: FastifyInstance,
  load: Load,
  metrics: Metrics,
  options: ServerOptions,
): void {
  // 'close' comes for every response, also when the caller hung up; Fastify's onResponse does not.
  function closed(this: Timed): void {
    const timed = this.tillback;
    if (!timed) return;
    load.inFlight -= 1;
    const seconds = (performance.now() - timed.startMs) / 1000;
    const status = this.writableEnded ? this.statusCode : 499;
    metrics.observe(timed.operation, status, seconds);
    if (options.logRequests)
      options.log.debug(
        { request_id: timed.id, operation: timed.operation, status, seconds },
        'request',
      );
  }
  app.addHook('onRequest', (request, reply, done) => {
    load.inFlight += 1;
    const { operation = 'other' } = request.routeOptions.config as { operation?: string };
    (reply.raw as Timed).tillback = { startMs: performance.now(), operation, id: request.id };
    reply.raw.on('close', closed);
    done();
  });
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

function registerNotFound(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] as string;
    const allowed = METHODS.filter((method) => app.findRoute({ method, url: path }));
    if (allowed.length === 0) return sendProblem(routeUnknown(), request, reply);
    return sendProblem(
      methodNotAllowed(allowed.join(', ')),
      request,
      reply.header('allow', allowed.join(', ')),
    );
  });
}
