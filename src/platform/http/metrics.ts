import { Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  /** Others register their gauges here. */
  readonly registry: Registry;
  observe(operation: string, status: number, seconds: number): void;
}

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** A registry with request durations, process memory and event loop lag. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'tillback_http_request_duration_seconds',
    help: 'Duration of HTTP requests by operation and status.',
    labelNames: ['operation', 'status'],
    buckets: BUCKETS_SECONDS,
    registers: [registry],
  });
  const known = new Map<string, Map<number, { operation: string; status: number }>>();
  return {
    registry,
    observe(operation, status, seconds) {
      let byStatus = known.get(operation);
      if (!byStatus) known.set(operation, (byStatus = new Map()));
      let labels = byStatus.get(status);
      if (!labels) byStatus.set(status, (labels = { operation, status }));
      durations.observe(labels, seconds);
    },
  };
}
