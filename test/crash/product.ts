import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '#platform/db/migrate';
import { openDatabase } from '#platform/db/transact';
import { silentLog } from '#platform/log';
import { freePort } from '#platform/postgres/credentials';
import { launchPostgres } from '#platform/postgres/launch';
import { readPostmasterFile } from '#platform/postgres/postmaster-file';
import { isAlive, signal, waitUntil } from '#platform/postgres/processes';
import { openVault } from '#platform/vault/field';
import { type App, openApp } from '../../src/app.ts';

const ROOT = join(import.meta.dirname, '../..');
const START_LIMIT_MS = 60_000;

export type Target = 'node' | 'postmaster' | 'backend' | 'both';

/** The product as real processes on a data folder of its own, with its embedded PostgreSQL. */
export class Product {
  readonly folder = mkdtempSync(join(tmpdir(), 'tillback-crash-'));
  readonly dataDir = join(this.folder, 'data');
  readonly port: number;
  readonly #masterKey = randomBytes(32);
  readonly #program: readonly string[];
  #child: ChildProcess | null = null;
  /** How often the server ended though nobody had killed or asked it. */
  died = 0;
  /** Servers that were killed or asked to end. */
  readonly #meant = new Set<ChildProcess | null>();

  private constructor(port: number, program: readonly string[]) {
    this.port = port;
    this.#program = program;
  }

  /** @param program what to run: the server itself, or the bootstrap as `npm start` does */
  static async make(program: 'src/main.ts' | 'start.mjs' = 'src/main.ts'): Promise<Product> {
    return new Product(await freePort(null), [join(ROOT, program)]);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get logFile(): string {
    return join(this.folder, 'log.txt');
  }

  /** Where the product writes the heads of its sealed chains. */
  get anchorFile(): string {
    return join(this.dataDir, 'anchors.jsonl');
  }

  /** The postmaster's pid; 0 while there is none. */
  get postmaster(): number {
    const elsewhere = join(this.dataDir, 'postgres-is-in');
    const home = existsSync(elsewhere) ? elsewhere : this.dataDir;
    const pid = readPostmasterFile(join(home, 'postgres'))?.pid ?? 0;
    return pid > 0 && isAlive(pid) ? pid : 0;
  }

  /** Starts the server and waits for it. @returns ms until it served */
  async start(): Promise<number> {
    const began = performance.now();
    const child = this.#spawn();
    while (performance.now() - began < START_LIMIT_MS && child.exitCode === null) {
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      if (answer?.ok) return performance.now() - began;
      await sleep(20);
    }
    throw new Error(`the product did not serve:\n${this.log()}`);
  }

  /** Starts the server and kills it on its way up. */
  async stumble(afterMs: number): Promise<void> {
    this.#spawn();
    await sleep(afterMs);
    await this.kill('node');
  }

  /** In a process group of its own. */
  #spawn(): ChildProcess {
    const out = openSync(this.logFile, 'a');
    const child = spawn(process.execPath, this.#program, {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', out, out],
      env: {
        ...process.env,
        PORT: String(this.port),
        DATA_DIR: this.dataDir,
        SEED: 'none',
        LOG_LEVEL: 'info',
        DATABASE_URL: '',
        TILLBACK_MASTER_KEY: this.#masterKey.toString('base64'),
      },
    });
    this.#child = child;
    child.once('exit', () => {
      if (!this.#meant.has(child)) this.died += 1;
    });
    closeSync(out);
    return child;
  }

  log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8').slice(-4_000) : '';
  }

  /** SIGKILL, by number, of processes that this product started. Returns when they are gone. */
  async kill(target: Target): Promise<void> {
    const pids = this.#pidsOf(target);
    appendFileSync(this.logFile, `--- SIGKILL ${target} ${pids.join(' ')}\n`);
    if (target === 'node' || target === 'both') this.#meant.add(this.#child);
    for (const pid of pids) signal(pid, 'SIGKILL');
    await waitUntil(() => !pids.some(isAlive), 10_000);
  }

  #pidsOf(target: Target): number[] {
    const { pid, postmaster } = this;
    const backends = childrenOf(postmaster);
    const random = backends[Math.floor(Math.random() * backends.length)] ?? postmaster;
    const pids = {
      node: [pid],
      postmaster: [postmaster],
      backend: [random],
      both: [pid, postmaster],
    };
    return pids[target].filter((each) => each > 0);
  }

  /** Sends a signal to the server's whole process group, as a terminal does. @returns the exit code */
  async interrupt(name: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    const child = this.#child;
    if (!child?.pid) return null;
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    this.#meant.add(child);
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    process.kill(-child.pid, name);
    return ended;
  }

  /** The rooms in this process over the product's data, while it does not run; for building and for proofs. */
  async inside<T>(work: (app: App) => Promise<T>): Promise<T> {
    const log = silentLog();
    const postgres = await launchPostgres({ dataDir: this.dataDir, log });
    try {
      await migrate(postgres.url);
      const db = openDatabase(postgres.url);
      const app = await openApp({ db, vault: openVault(this.#masterKey), log });
      try {
        return await work(app);
      } finally {
        await app.close();
        await db.close();
      }
    } finally {
      await postgres.stop();
    }
  }

  /** Ends whatever of it still runs and takes its folder away. */
  async remove(): Promise<void> {
    await this.interrupt('SIGTERM').catch(() => undefined);
    await this.kill('both');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').map(Number).filter(Boolean);
  } catch {
    return [];
  }
}
