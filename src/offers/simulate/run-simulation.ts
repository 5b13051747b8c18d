import { setImmediate as turn } from 'node:timers/promises';
import { steadyMs } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import { putState, takeState } from './checkpoint.ts';
import type { PastPage, PastSales } from './past-sales.ts';
import type { SimulationPlan } from './plan-simulation.ts';
import { beginCourse, type Course, foresee, recall, type Sets, setsOf } from './course.ts';
import type { EarlierSale, PastEvent } from '../rehearsal/past-event.ts';
import type { Simulation } from './simulation-rows.ts';
import { concluded } from './conclude.ts';

export interface SimulationRun {
  readonly db: Database;
  readonly past: PastSales;
  readonly org: number;
  readonly simulation: Simulation;
  readonly plan: SimulationPlan;
  readonly signal: AbortSignal;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** After how many ms it puts away where it stands; a resumed one loses at most so much. */
  readonly keepEveryMs?: number | undefined;
}

const PAGE = 1_000;
const KEEP_MS = 5_000;
const TELL_MS = 500;

/**
 * Carries a planned simulation out, or goes on with it from where it stood when its process ended, and
 * keeps what it found. What it reads it does not change.
 * @returns false if it was cancelled meanwhile
 * @throws DOMException AbortError when it was interrupted; it can be taken up again
 */
export async function runSimulation(run: SimulationRun): Promise<boolean> {
  const { db, past, org, simulation, plan, signal, onProgress } = run;
  const sets = setsOf(plan, past.planBack);
  const kept = await db.read([org], (tx) => takeState(tx, org, simulation.id));
  const course = (kept as Course | undefined) ?? beginCourse(plan, sets, simulation);
  const keeper = openKeeper(run, course);
  if (!(await keeper.keep())) return false;
  for (;;) {
    const pages = course.stage === 'earlier' ? earlierPages(run, course) : pastPages(run, course);
    for await (const page of pages) {
      if (signal.aborted) await keeper.keep();
      signal.throwIfAborted();
      go(course, sets, page);
      onProgress?.(course.done, plan.total);
      if (!(await keeper.tell())) return false;
      await turn();
    }
    if (course.stage === 'past') break;
    course.stage = 'past';
    course.place = null;
  }
  signal.throwIfAborted();
  const result = await concluded(past, org, simulation, plan, course);
  return keeper.finish(result);
}

type Page = PastPage<PastEvent> | PastPage<EarlierSale>;

function go(course: Course, sets: Sets, { items, next }: Page): void {
  for (const item of items) {
    if ('kind' in item) foresee(course, sets, item);
    else recall(course, item);
  }
  course.place = next;
}

function earlierPages({ past, org }: SimulationRun, { earlier, place }: Course) {
  if (earlier === null) return [];
  return pagesOf((after) => past.earlier(org, earlier, after, PAGE), place);
}

function pastPages({ past, org, simulation: { span } }: SimulationRun, { place }: Course) {
  return pagesOf((after) => past.page(org, span, after, PAGE), place);
}

/** The next page is on its way while one is gone through. */
async function* pagesOf<P extends Page>(
  read: (after: P['next']) => Promise<P>,
  begin: P['next'],
): AsyncGenerator<P> {
  let coming: Promise<P> | null = read(begin);
  while (coming !== null) {
    const page: P = await coming;
    coming = page.next === null ? null : read(page.next);
    coming?.catch(() => undefined);
    yield page;
  }
}

/** Writes how far a simulation is, and every few seconds where it stands; false once it is cancelled. */
function openKeeper(
  { db, org, simulation: { id }, keepEveryMs = KEEP_MS }: SimulationRun,
  course: Course,
) {
  let toldAt = -Infinity;
  let keptAt = steadyMs();
  const running = `update offers.simulation set state = 'running', done = $3, updated_at = now()
    where org_id = $1 and simulation_id = $2 and state in ('queued', 'running')`;
  const written = (state: boolean) =>
    db.transact([org], async (tx) => {
      if ((await tx.execute(running, [org, id, course.done])) === 0) return false;
      if (state) await putState(tx, org, id, course);
      return true;
    });
  const keep = async () => {
    const goesOn = await written(true);
    keptAt = toldAt = steadyMs();
    return goesOn;
  };
  return {
    keep,
    async tell() {
      if (steadyMs() - keptAt >= keepEveryMs) return keep();
      if (steadyMs() - toldAt < TELL_MS) return true;
      toldAt = steadyMs();
      return written(false);
    },
    finish: (result: unknown) =>
      db.transact([org], async (tx) => {
        const ended = await tx.execute(
          `update offers.simulation set state = 'done', done = $3, result = $4, plan = null, updated_at = now()
            where org_id = $1 and simulation_id = $2 and state in ('queued', 'running')`,
          [org, id, course.done, JSON.stringify(result)],
        );
        await tx.execute(
          'delete from offers.simulation_state where org_id = $1 and simulation_id = $2',
          [org, id],
        );
        return ended === 1;
      }),
  };
}
