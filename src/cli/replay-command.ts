import { SingleBar } from 'cli-progress';
import type { Locale } from '#kernel/refusal';
import type { CommandApp } from './open-command-app.ts';
import { replayJson, replayTable } from './replay/print-replay.ts';
import { type Replayed, replayFile } from './replay/replay-file.ts';
import type { ExitCode } from './run-command.ts';

export interface ReplayOptions {
  readonly json?: boolean;
  readonly speed: number;
  readonly merchant?: string;
  readonly offers?: string;
  readonly quiet?: boolean;
}

const KIB = 1024;

/** `tillback replay FILE`. @throws Refused for a broken file, or one that does not fit the merchant */
export async function replayCommand(
  { app, signal }: CommandApp,
  file: string,
  { json = false, quiet = false, ...asked }: ReplayOptions,
  locale: Locale,
): Promise<ExitCode> {
  const bar = progress(!quiet && process.stderr.isTTY, locale);
  let replayed: Replayed;
  try {
    replayed = await replayFile(app, { ...asked, file, signal, onProgress: bar.show });
  } finally {
    bar.stop();
  }
  const memory = Math.round(process.resourceUsage().maxRSS / KIB);
  const text = json ? replayJson(replayed, memory) : replayTable(replayed, memory, locale);
  process.stdout.write(`${text}\n`);
  return replayed.balanced ? 0 : 1;
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
