import { type Locale, Refused } from '#kernel/refusal';
import { StartFault } from '#platform/config';
import { type CommandApp, openCommandApp } from './open-command-app.ts';

/** 0 done, 1 refused or not as it must be, 2 wrongly called or set up. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs a command on the opened product and ends the process with its exit code; what stops it is said in
 * plain words on standard error. After Ctrl-C the draining ends the process.
 */
export async function runCommand(
  locale: Locale,
  work: (opened: CommandApp) => Promise<ExitCode>,
): Promise<void> {
  let opened: CommandApp | undefined;
  let code: number;
  try {
    opened = await openCommandApp();
    code = await work(opened);
  } catch (error) {
    opened?.ended();
    if (opened?.signal.aborted) return;
    code = told(error, locale);
  }
  opened?.ended();
  await opened?.close();
  process.exit(code);
}

/** @returns the exit code. @throws what is no operating error: a bug keeps its stack */
export function told(error: unknown, locale: Locale): number {
  if (error instanceof StartFault) {
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (!(error instanceof Refused)) throw error;
  const { detail, fix, errors = [] } = error.refusal;
  const faults = errors.map(({ pointer, detail: what }) => `  ${pointer}: ${what[locale]}\n`);
  process.stderr.write(`${detail[locale]}\n${faults.join('')}${fix[locale]}\n`);
  return 1;
}
