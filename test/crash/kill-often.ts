import { setTimeout as sleep } from 'node:timers/promises';
import { buildShops } from './build-shops.ts';
import { Product, type Target } from './product.ts';
import { prove, type Verdict } from './prove.ts';
import { Tills } from './till.ts';

export interface Crashes extends Verdict {
  readonly kills: Readonly<Record<Target, number>>;
  /** Per kill: the longest time in which nothing was acknowledged, ms. */
  readonly outagesMs: readonly number[];
  readonly retries: number;
  /** Answers that no crash explains. */
  readonly unexpected: readonly string[];
  /** How often the server ended on its own. */
  readonly died: number;
}

const TARGETS: readonly Target[] = ['node', 'postmaster', 'backend', 'node', 'postmaster', 'both'];

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
    const kills: Record<Target, number> = { node: 0, postmaster: 0, backend: 0, both: 0 };
    const outagesMs: number[] = [];
    for (let done = 0; done < count; done++) {
      const target = TARGETS[done % TARGETS.length] as Target;
      await tills.moreThan(callers * 4, alive);
      await sleep(Math.random() * 300);
      tills.mark();
      await product.kill(target);
      kills[target]++;
      if (target === 'node' || target === 'both') await product.start();
      await tills.moreThan(callers * 2, alive);
      outagesMs.push(tills.gapMs);
      onKill(done + 1);
    }
    await tills.close();
    await product.interrupt('SIGTERM');
    const verdict = await product.inside((app) => prove(app, tills.acknowledged));
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
