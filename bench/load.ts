import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { quantile } from './figure.ts';

/** What a run of the load did: answers per second and their latency. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answered: number;
  readonly failed: number;
  readonly firstFailure: string | null;
}

/** A request without its Idempotency-Key: one line of the plan file. */
export interface Planned {
  readonly path: string;
  readonly token: string;
  readonly body: string;
}

interface Order {
  readonly port: number;
  readonly callers: number;
  readonly seconds: number;
  readonly plan: string;
  /** Makes the keys of this run its own. */
  readonly run: string;
}

/**
 * Closed-loop load over plain sockets, each caller with one connection and one request in flight. It runs
 * in a process of its own and does as little per request as it can: both share two cores with the server.
 */
async function runLoad({ port, callers, seconds, plan, run }: Order): Promise<LoadResult> {
  const requests = (JSON.parse(readFileSync(plan, 'utf8')) as Planned[]).map(
    ({ path, token, body }) =>
      [
        `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nidempotency-key: `,
        `\r\n\r\n${body}`,
      ] as const,
  );
  const latencies: number[] = [];
  let failed = 0;
  let firstFailure: string | null = null;
  let sent = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const caller = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let began = 0;
      let buffered = '';
      let next = index * 7919;
      const send = () => {
        if (performance.now() >= end) return void socket.end(resolve);
        const [head, tail] = requests[next++ % requests.length] as (typeof requests)[number];
        began = performance.now();
        socket.write(`${head}${run}-${sent++}${tail}`, 'latin1');
      };
      socket.setEncoding('latin1');
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk: string) => {
        buffered = buffered === '' ? chunk : buffered + chunk;
        const size = answerSize(buffered);
        if (size === 0 || buffered.length < size) return;
        if (!buffered.startsWith('HTTP/1.1 20')) {
          failed++;
          firstFailure ??= buffered;
        }
        latencies.push(performance.now() - began);
        buffered = '';
        send();
      });
    });
  await Promise.all(Array.from({ length: callers }, (_, index) => caller(index)));
  const elapsed = (performance.now() - start) / 1000;
  return {
    perSecond: (latencies.length - failed) / elapsed,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    answered: latencies.length,
    failed,
    firstFailure,
  };
}

/** Bytes of a whole answer, or 0 while its head is not complete. */
function answerSize(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const at = text.indexOf('content-length: ');
  if (at < 0 || at > head) throw new Error(`an answer without a length: ${text.slice(0, 200)}`);
  return head + 4 + Number.parseInt(text.slice(at + 16, at + 26), 10);
}

if (import.meta.main) {
  const order = JSON.parse(process.argv[2] ?? '{}') as Order;
  console.log(JSON.stringify(await runLoad(order)));
}
