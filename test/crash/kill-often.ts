import { setTimeout as sleep } from 'node:timers/promises';
import { buildShops } from './build-shops.ts';
import { Product, type Target } from './product.ts';
import { prove, type Verdict } from './prove.ts';
import { Tills } from './till.ts';

export interface Crashes extends Verdict {
  /** By what was killed; `starting` is a server on its way up after such a kill. */
  readonly kills: Readonly<Record<Target | 'starting', number>>;
  /** Per kill after which the server came up undisturbed: the longest time without an answer, ms. */
  readonly outagesMs: readonly number[];
  readonly retries: number;
  /** Answers that no crash explains. */
  readonly unexpected: readonly string[];
  /** How often the server ended on its own. */
  readonly died: number;
}

const TARGETS: readonly Target[] = ['node', 'postmaster', 'backend', 'node', 'postmaster', 'both'];
const STUMBLE_MS_MAX = 1_500;

/**
 * Kills processes of a product under load, one after another at random moments, and then holds what the
 * callers were told against the books.
 */
export async function killOften(
  count: number,
  {
    callers = 16,
    onKill = () => undefined,
  }: { callers?: number; onKill?: (done: number) => unknown } = {},
): Promise<Crashes> {
  const product = await Product.make();
  try {
    const shops = await product.inside(buildShops);
    await product.start();
    const tills = new Tills(product.url, shops);
    tills.open(callers);
    const alive = () => product.died === 0;
    const kills = { node: 0, postmaster: 0, backend: 0, both: 0, starting: 0 };
    const outagesMs: number[] = [];
    for (let done = 0; done < count; done++) {
      const target = TARGETS[done % TARGETS.length] as Target;
      await tills.moreThan(callers * 4, alive);
      await sleep(Math.random() * 300);
      tills.mark();
      await product.kill(target);
      kills[target]++;
      const stumbles = (target === 'node' || target === 'both') && done % 4 === 3;
      if (stumbles) await product.stumble(Math.random() * STUMBLE_MS_MAX);
      if (stumbles) kills.starting++;
      if (target === 'node' || target === 'both') await product.start();
      await tills.moreThan(callers * 2, alive);
      if (!stumbles) outagesMs.push(tills.gapMs);
      onKill(done + 1);
    }
    await tills.close();
    await product.interrupt('SIGTERM');
    const verdict = await product.inside((app) =>
      prove(app, tills.acknowledged, product.anchorFile),
    );
    const { retries, unexpected } = tills;
    return { ...verdict, kills, outagesMs, retries, unexpected, died: product.died };
  } catch (error) {
    throw new Error(`the rig failed; the product's last words:\n${product.log()}`, {
      cause: error,
    });
  } finally {
    await product.remove();
  }
}
