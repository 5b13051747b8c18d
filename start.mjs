// Runs on the host's own Node (20 or later) before anything is installed: plain JavaScript, no imports
// but Node's. It installs what is missing and hands over to the Node 24 that npm brought along.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  readdirSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { constants as os } from 'node:os';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const stamp = join(modules, '.tillback-lock');
const windows = process.platform === 'win32';

/** Messages go to standard error: a command's standard output may be read by a program. */
const say = (text) => process.stderr.write(`${text}\n`);

const fail = (text, code = 1) => {
  say(text);
  process.exit(code);
};

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

// ---- children: one at a time, and none outlives this process ----

const HURRY_MS = 500;
const KILL_MS = 2000;
let current = null;
let askedAt = null;

const ask = (signal) => {
  const now = performance.now();
  // npm passes a Ctrl-C on that the terminal has sent us already; that is not a second one.
  if (askedAt !== null && now - askedAt < HURRY_MS) return;
  const second = askedAt !== null;
  askedAt = now;
  if (current === null) process.exit(128 + os.signals[signal]);
  current.kill(signal);
  if (second) setTimeout(() => current?.kill('SIGKILL'), KILL_MS).unref();
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ask(signal));
process.on('exit', () => current?.kill('SIGTERM'));

// npm passes a SIGTERM on to the shell between it and us, and many a shell dies of it without a word.
const parent = process.ppid;
const watchParent = () => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  if (askedAt === null) ask('SIGTERM');
};
const watch =
  process.env.npm_lifecycle_event && !windows ? setInterval(watchParent, 1000).unref() : null;

/**
 * Runs a program to its end and gives its exit code. It has a process group of its own, so that
 * Ctrl-C reaches it once, from here.
 */
const run = (
  file,
  args,
  { stdio = 'inherit', path = [bin], cwd, shell = false, more = {}, forced = {}, onOutput } = {},
) =>
  new Promise((done) => {
    const others = (process.env.PATH ?? '').split(delimiter).filter((dir) => !isBin(dir));
    const env = { ...more, ...process.env, ...forced, PATH: [...path, ...others].join(delimiter) };
    current = spawn(file, args, { stdio, env, cwd, shell, detached: !windows });
    for (const stream of [current.stdout, current.stderr]) stream?.on('data', onOutput);
    current.once('error', (error) => {
      current = null;
      say(`${file} could not be started: ${error.message}`);
      done(127);
    });
    current.once('close', (code, signal) => {
      current = null;
      done(code ?? 128 + os.signals[signal]);
    });
  });

const isBin = (dir) => dir.endsWith(`node_modules${sep}.bin`);

// ---- installing ----

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

const stamped = () => {
  try {
    return readFileSync(stamp, 'utf8').trim() === lockHash();
  } catch {
    return false;
  }
};

/** Whether npm's own record of what it installed agrees with the lock file. */
const recorded = () => {
  try {
    const wanted = readJson(join(root, 'package-lock.json')).packages;
    const found = readJson(join(modules, '.package-lock.json')).packages;
    return Object.entries(wanted).every(
      ([name, { version, optional }]) =>
        name === '' || found[name]?.version === version || (optional && !found[name]),
    );
  } catch {
    return false;
  }
};

const writeStamp = () => {
  try {
    writeFileSync(stamp, `${lockHash()}\n`);
  } catch {
    // A folder of packages that belongs to another user is compared anew each time.
  }
};

/** What npm said that matters: its first complaints, not its manual page. */
const complaints = (said) =>
  said
    .match(/^npm error .*$/gm)
    ?.slice(0, 6)
    .join('\n') ?? said.trim();

const npm = async (job) => {
  const began = performance.now();
  const seconds = () => `${Math.round((performance.now() - began) / 1000)} s`;
  say(`Installing packages with "npm ${job}"; this can take a minute or two ...`);
  const tick = setInterval(() => say(`  still installing, ${seconds()}`), 10_000);
  const flags = [
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  let said = '';
  // npm itself must not run on the Node that it is about to replace: no .bin on the path.
  const code = await run('npm', [job, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    path: [],
    cwd: root,
    shell: windows,
    onOutput: (chunk) => (said += chunk),
  });
  clearInterval(tick);
  if (askedAt !== null) process.exit(130);
  say(code === 0 ? `Installed in ${seconds()}.` : complaints(said));
  return code === 0;
};

const install = async () => {
  if (stamped()) return;
  if (!recorded() && !(await npm('ci'))) {
    say(
      '"npm ci" failed, so "npm install" is tried: same versions wherever the lock file names them.',
    );
    if (!(await npm('install'))) fail('The packages could not be installed: npm says why above.');
  }
  writeStamp();
};

const ownNode = () => {
  const system = windows ? 'win' : process.platform;
  const path = join(
    modules,
    `node-${system}-${process.arch}`,
    'bin',
    windows ? 'node.exe' : 'node',
  );
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
    return fail(
      `Tillback needs Node 24, which npm brings along for Linux and Windows; here it is missing and this ` +
        `is Node ${process.versions.node}. Run "npm ci --include=optional", or install Node 24.`,
    );
  }
};

// ---- jobs ----

const source = (...path) => {
  const file = join(root, ...path);
  return existsSync(file) ? file : fail(`${file} is missing from this copy of Tillback.`);
};

/** The channel tells the child when this process is killed, so that it can drain. */
const runNode = (file, args) =>
  run(ownNode(), [file, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    more: { MALLOC_ARENA_MAX: FEW_ARENAS },
  });

const tool = (name) => join(bin, windows ? `${name}.cmd` : name);

const steps = [
  ['format', 'oxfmt', ['--check']],
  ['lint', 'oxlint', []],
  ['types', 'tsc', ['-p', '.']],
  ['pages', 'tsc', ['-p', 'web']],
];

/** One line a step; what a tool says is shown only when it refuses. */
const runStep = async ([title, name, args]) => {
  const began = performance.now();
  const said = [];
  const code = await run(tool(name), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: root,
    shell: windows,
    onOutput: (chunk) => said.push(chunk),
  });
  if (code !== 0) process.stdout.write(Buffer.concat(said));
  const time = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${title.padEnd(8)}${time.padStart(6)} s  ${code === 0 ? 'ok' : `refused (${name})`}\n`,
  );
  return code;
};

const check = async (projects, args) => {
  for (const step of steps) {
    const code = await runStep(step);
    if (code !== 0 || askedAt !== null) return code || 130;
  }
  const chosen = projects.map((project) => `--project=${project}`);
  return run(tool('vitest'), ['run', ...chosen, ...args], { cwd: root, shell: windows });
};

// ---- pages ----

/** Everything that the pages are made of, in one number. */
const pagesHash = () => {
  const hash = createHash('sha256').update(lockHash());
  const entries = ['web', 'src']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) =>
        entry.isFile() ? join(entry.parentPath, entry.name) : '',
      ),
    )
    .filter((file) => /^web.(?!dist)|contract\.ts$|core\.ts$/.test(relative(root, file)))
    .toSorted((a, b) => (a < b ? -1 : 1));
  for (const file of entries) hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
};

/** Builds the pages, unless they are built from just these sources. */
const buildPages = async () => {
  if (!existsSync(join(root, 'web'))) return;
  const mark = join(root, 'web', 'dist', 'made-from');
  const wanted = pagesHash();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const began = performance.now();
  const said = [];
  const code = await run(tool('vite'), ['build', '--config', join('web', 'vite.config.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: root,
    shell: windows,
    forced: { NODE_ENV: 'production' },
    onOutput: (chunk) => said.push(chunk),
  });
  if (askedAt !== null) process.exit(130);
  if (code !== 0) fail(`The pages could not be built:\n${Buffer.concat(said).toString()}`);
  writeFileSync(mark, wanted);
  say(`Built the pages in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
};

/** Node's own choice of a young heap costs the server some 80 MB more at full load. */
const YOUNG_HEAP = '--max-semi-space-size=16';

/** An arena of glibc's allocator for each thread costs the server some 25 MB; it has one busy thread. */
const FEW_ARENAS = '2';

// ---- browser ----

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The tests of the pages need a Chromium: installed by apt where this user may, else said. */
const findChromium = async () => {
  if (process.env.CHROMIUM || CHROMIUM.some((path) => existsSync(path))) return;
  const advice =
    'The tests of the pages need Chromium. Install it, on Debian with "apt-get install chromium fonts-noto-cjk", ' +
    'or name it in the environment as CHROMIUM=/path/to/chromium.';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) fail(advice);
  say('Installing Chromium with apt-get; this can take some minutes ...');
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], path: [] };
  await run('apt-get', ['-qq', 'update'], quiet);
  const flags = ['-qq', '-y', '--no-install-recommends', 'install', 'chromium', 'fonts-noto-cjk'];
  const code = await run('apt-get', flags, quiet);
  if (askedAt !== null) process.exit(130);
  if (code !== 0) fail(advice);
};

const test = async (args) => {
  await findChromium();
  await buildPages();
  return check(['unit', 'db', 'web'], args);
};

const jobs = {
  test,
  pages: buildPages,
  check: (args) => check(['unit'], args),
  bench: (args) => runNode(source('bench', 'main.ts'), args),
};

/** Installs what is missing, then runs the server (no arguments), one of the jobs, or a command. */
export const start = async (args) => {
  await install();
  const [name, ...rest] = args;
  if (name === undefined) {
    await buildPages();
    return runNode(YOUNG_HEAP, [source('src', 'main.ts')]);
  }
  if (Object.hasOwn(jobs, name)) return jobs[name](rest);
  return command(args);
};

/** Installs what is missing, then runs `tillback <command>`. */
export const command = async (args) => {
  await install();
  return runNode(YOUNG_HEAP, [source('src', 'cli', 'main.ts'), ...args]);
};

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exit(await start(process.argv.slice(2)));
}
