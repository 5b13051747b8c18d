import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

const PING_TIMEOUT_MS = 2_000;

interface HealthOptions {
  readonly version: string;
  readonly ping: () => Promise<unknown>;
}

/** /health for a balancer: 200 when a request would be served, else 503 with the reason. /metrics for Prometheus. */
export function registerHealth(
  app: FastifyInstance,
  metrics: Metrics,
  state: { readonly draining: boolean },
  { version, ping }: HealthOptions,
): void {
  app.get('/health', async (_request, reply) => {
    const database = (await answers(ping)) ? 'ok' : 'down';
    const status = state.draining ? 'draining' : database === 'ok' ? 'ok' : 'database_down';
    return reply
      .code(status === 'ok' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status, database, version, uptime_seconds: Math.floor(process.uptime()) });
  });

  app.get('/metrics', async (_request, reply) =>
    reply
      .header('content-type', metrics.registry.contentType)
      .send(await metrics.registry.metrics()),
  );
}

async function answers(ping: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>(
    (resolve) => (timer = setTimeout(resolve, PING_TIMEOUT_MS, false)),
  );
  const answered = ping().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
