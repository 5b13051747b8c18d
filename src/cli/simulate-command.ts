import { SingleBar } from 'cli-progress';
import type { Locale } from '#kernel/refusal';
import { simulateNow } from '#offers';
import type { CommandApp } from './open-command-app.ts';
import type { ExitCode } from './run-command.ts';
import { offerAsked } from './simulate/offer-asked.ts';
import { orgAsked } from './simulate/org-asked.ts';
import { namesIn } from './simulate/names-in.ts';
import { simulationJson, simulationTable } from './simulate/print-simulation.ts';
import { systemCtx } from './system-ctx.ts';

export interface SimulateOptions {
  readonly offer: string;
  readonly org?: string;
  readonly from?: string;
  readonly to?: string;
  readonly months?: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const INTERRUPTED = {
  zh: '已中断；再次运行同一命令即从中断处继续。',
  en: 'Interrupted; the same command goes on from here.',
};

/**
 * `tillback simulate`: tries an offer on past payments. Exit 1 if somebody cancelled it.
 * @throws Refused for an offer, org or days that are not there or not legal
 */
export async function simulateCommand(
  { app, signal }: CommandApp,
  { json = false, quiet = false, ...asked }: SimulateOptions,
  locale: Locale,
): Promise<ExitCode> {
  const org = await orgAsked(app, asked.org);
  const ctx = systemCtx(org.id, 'simulate', app.clocks.now(org.id));
  const { from, to, months } = asked;
  const wanted = { ...(await offerAsked(app, ctx, asked.offer)), from, to, months };
  const bar = progress(!quiet && process.stderr.isTTY, locale);
  try {
    const simulation = await simulateNow(app.simulator, ctx, wanted, {
      signal,
      onProgress: bar.show,
    });
    bar.stop();
    const text = json
      ? simulationJson(simulation)
      : simulationTable(simulation, await namesIn(app, org, simulation), locale);
    process.stdout.write(`${text}\n`);
    return simulation.state === 'done' ? 0 : 1;
  } catch (error) {
    bar.stop();
    if (signal.aborted) process.stderr.write(`${INTERRUPTED[locale]}\n`);
    throw error;
  }
}

const STEP = { zh: '模拟', en: 'Simulating' };

/** A bar on standard error; a terminal only, as a file would fill with it. */
function progress(shown: boolean, locale: Locale) {
  const format = `${STEP[locale]} [{bar}] {percentage}% {value}/{total} {eta_formatted}`;
  const bar = shown ? new SingleBar({ format, stream: process.stderr, hideCursor: true }) : null;
  let begun = false;
  return {
    show: (done: number, of: number) => {
      if (!begun) bar?.start(of, done);
      begun = true;
      bar?.update(done);
    },
    stop: () => bar?.stop(),
  };
}
