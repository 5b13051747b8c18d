import { writeFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { type Locale, Refused } from '#kernel/refusal';
import type { CommandApp } from './open-command-app.ts';
import { replayTable } from './replay/print-replay.ts';
import { replayJson } from './replay/replay-json.ts';
import { unwritable } from './replay/refusals.ts';
import { type Replayed, replayFile } from './replay/replay-file.ts';
import { type MemberTold, membersCsv } from './replay/tell-members.ts';
import type { ExitCode } from './run-command.ts';

export interface ReplayOptions {
  readonly json?: boolean;
  readonly speed: number;
  readonly merchant?: string;
  readonly offers?: string;
  /** true, or the path of a CSV file. */
  readonly members?: true | string;
  readonly settleDays?: number;
  readonly quiet?: boolean;
}

const KIB = 1024;

/** `tillback replay FILE`. @throws Refused for a broken file, or one that does not fit the merchant */
export async function replayCommand(
  { app, signal }: CommandApp,
  file: string,
  { json = false, quiet = false, members, ...asked }: ReplayOptions,
  locale: Locale,
): Promise<ExitCode> {
  const bar = progress(!quiet && process.stderr.isTTY, locale);
  let replayed: Replayed;
  try {
    const who = { members: members !== undefined };
    replayed = await replayFile(app, { ...asked, ...who, file, signal, onProgress: bar.show });
  } finally {
    bar.stop();
  }
  if (typeof members === 'string') {
    await writeMembers(members, replayed.members ?? []);
    replayed = { ...replayed, members: null };
  }
  const memory = Math.round(process.resourceUsage().maxRSS / KIB);
  const text = json ? replayJson(replayed, memory) : replayTable(replayed, memory, locale);
  process.stdout.write(`${text}\n`);
  return replayed.balanced ? 0 : 1;
}

/** @throws Refused members_file_unwritable */
async function writeMembers(path: string, members: readonly MemberTold[]): Promise<void> {
  await writeFile(path, membersCsv(members)).catch((cause: Error) => {
    throw new Refused(unwritable(path, cause.message));
  });
}

const STEPS = {
  zh: { read: '读取文件', write: '入账' },
  en: { read: 'Reading', write: 'Posting' },
};

/** A bar on standard error; a terminal only, as a file would fill with it. */
function progress(shown: boolean, locale: Locale) {
  const format = '{step} [{bar}] {percentage}% {eta_formatted}';
  const bar = shown ? new SingleBar({ format, stream: process.stderr, hideCursor: true }) : null;
  let now = '';
  return {
    show: (step: 'read' | 'write', done: number, of: number) => {
      if (step !== now) bar?.start(of, done, { step: STEPS[locale][step] });
      now = step;
      bar?.update(done);
    },
    stop: () => bar?.stop(),
  };
}
