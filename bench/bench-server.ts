import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#platform/db/migrate';
import { openDatabase } from '#platform/db/transact';
import { silentLog } from '#platform/log';
import { launchPostgres } from '#platform/postgres/launch';
import { openVault } from '#platform/vault/field';
import { type App, openApp } from '../src/app.ts';
import type { LoadResult, Planned } from './load.ts';

const MASTER_KEY = Buffer.alloc(32, 7);
const ROOT = join(import.meta.dirname, '..');

/** A PostgreSQL of the bench's own in a folder that goes with it: reference and product share it. */
export interface Bed {
  readonly folder: string;
  /** Creates a database, empty or as a copy of another that nobody is connected to, and gives its url. */
  database(name: string, copyOf?: string): Promise<string>;
  close(): Promise<void>;
}

export async function makeBed(): Promise<Bed> {
  const folder = mkdtempSync(join(tmpdir(), 'tillback-bench-'));
  const postgres = await launchPostgres({ dataDir: folder, log: silentLog() });
  return {
    folder,
    async database(name, copyOf = 'template1') {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query(`create database ${name} template ${copyOf}`);
      await client.end();
      const url = new URL(postgres.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async close() {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The rooms in this process, over a migrated database; for building stages and for figures without HTTP. */
export async function openRooms(url: string): Promise<App> {
  await migrate(url);
  const db = openDatabase(url);
  return openApp({ db, vault: openVault(MASTER_KEY), log: silentLog() });
}

/** Closes the rooms and lets the server learn what the stage put into the tables, as autovacuum would in time. */
export async function closeRooms(app: App, url: string): Promise<void> {
  await app.close();
  await app.db.close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

/** The product in a process of its own, as `npm start` runs it. */
export interface Served {
  readonly port: number;
  readonly child: ChildProcess;
  /** The most memory the process held so far, in MB. */
  peakMb(): number;
  stop(): Promise<void>;
}

export async function serve(bed: Bed, url: string): Promise<Served> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=16', join(ROOT, 'src', 'main.ts')],
    {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        MALLOC_ARENA_MAX: '2',
        ...process.env,
        PORT: String(port),
        DATABASE_URL: url,
        DATA_DIR: join(bed.folder, `served-${port}`),
        SEED: 'none',
        LOG_LEVEL: 'warn',
        TILLBACK_MASTER_KEY: MASTER_KEY.toString('base64'),
      },
    },
  );
  await answering(port);
  return {
    port,
    child,
    peakMb: () =>
      Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) /
      1024,
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs the load in a process of its own against a served product. */
export async function load(
  bed: Bed,
  port: number,
  plan: readonly Planned[],
  { callers, seconds }: { readonly callers: number; readonly seconds: number },
): Promise<LoadResult> {
  const file = join(bed.folder, 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  const order = JSON.stringify({
    port,
    callers,
    seconds,
    plan: file,
    run: `r${process.hrtime.bigint()}`,
  });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load.ts'), order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`the load ended with ${String(code)}`);
  const result = JSON.parse(text) as LoadResult;
  if (result.failed > 0)
    throw new Error(`${result.failed} requests failed, the first with:\n${result.firstFailure}`);
  return result;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(port: number): Promise<void> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the product did not answer within a minute');
}
