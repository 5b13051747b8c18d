import type { Database } from '#platform/db/transact';
import type { OfferVersion } from '../engine/offer.ts';
import { standing } from '../live-offers.ts';
import type { Span } from '../rehearsal/day-sums.ts';
import type { BudgetBegun } from '../rehearsal/trial.ts';
import type { Definition, Funding } from '../rule/definition.ts';
import type { PastSales } from './past-sales.ts';
import type { BudgetStart, Simulation } from './simulation-rows.ts';
import type { Simulator } from './simulator.ts';

/** What is tried against what, fixed when a simulation begins: one that is taken up again goes on with it. */
export interface SimulationPlan {
  /** Under which id the tried offer stands in the set. */
  readonly offer: string;
  /** The version of the same offer that decides now; null if none does. */
  readonly liveVersion: number | null;
  readonly dates: 'as_written' | 'set_aside';
  readonly with: readonly OfferVersion[];
  readonly without: readonly OfferVersion[];
  readonly budgets: readonly BudgetBegun[];
  /** Sales to go through. */
  readonly total: number;
}

/** Makes and keeps the plan of a simulation that begins; the one that was kept if it goes on. */
export async function planSimulation(
  simulator: Simulator,
  org: number,
  simulation: Simulation,
): Promise<SimulationPlan> {
  const { db, past } = simulator;
  const before = await readPlan(db, org, simulation.id);
  if (before) return before;
  const sets = await setsOf(simulator, org, simulation);
  const total = await past.count(org, simulation.span);
  const plan = { ...sets, total, budgets: await budgetsOf(past, org, simulation, sets) };
  await db.transact([org], (tx) =>
    tx.execute(
      `update offers.simulation set plan = $3, total = $4, updated_at = now()
        where org_id = $1 and simulation_id = $2 and state in ('queued', 'running')`,
      [org, simulation.id, JSON.stringify(plan), total],
    ),
  );
  return plan;
}

/** The plan that was kept; undefined if the simulation has not begun, or has ended. */
export function readPlan(
  db: Database,
  org: number,
  id: string,
): Promise<SimulationPlan | undefined> {
  return db.read([org], async (tx) => {
    const [row] = await tx.query<{ plan: SimulationPlan | null }>(
      'select plan from offers.simulation where org_id = $1 and simulation_id = $2',
      [org, id],
    );
    return row?.plan ?? undefined;
  });
}

type Sets = Omit<SimulationPlan, 'budgets' | 'total'>;

/**
 * Both sets as they would be in the days to come: offers that meet the tried one by their dates, with their
 * first and last days set aside, so that the past stands for those days.
 */
async function setsOf({ live }: Simulator, org: number, simulation: Simulation): Promise<Sets> {
  const { definition, span, offer: known, version } = simulation;
  const { recipe } = await live.get(org);
  const versions = await live.versions(recipe);
  const offer = known ?? simulation.id;
  const decides = versions.find((each) => each.offer === offer);
  const others = versions
    .filter((each) => each.offer !== offer && meets(each.definition, definition))
    .map((each) => ({ ...each, definition: freed(each.definition, span) }));
  const written: OfferVersion = {
    offer,
    version: version ?? (decides?.version ?? 0) + 1,
    definition: freed(definition, span),
    status: 'live',
    owner: org,
  };
  const tried = standing(written, org, recipe);
  const replaced = decides !== undefined && decides.version !== version;
  return {
    offer,
    liveVersion: replaced ? decides.version : null,
    dates: covers(definition, span) ? 'as_written' : 'set_aside',
    with: [...others, tried],
    without: replaced
      ? [...others, { ...decides, definition: freed(decides.definition, span) }]
      : others,
  };
}

function covers({ schedule: { from, to } }: Definition, span: Span): boolean {
  return from <= span.from && (to === undefined || to >= span.to);
}

function meets({ schedule: one }: Definition, { schedule: other }: Definition): boolean {
  const begins = one.from <= (other.to ?? one.from);
  return begins && other.from <= (one.to ?? other.from);
}

function freed(definition: Definition, span: Span): Definition {
  if (covers(definition, span)) return definition;
  const { to: _, ...schedule } = definition.schedule;
  return { ...definition, schedule: { ...schedule, from: span.from } };
}

/** What every budget of the sets held when the days began, unless it was said what it begins with. */
async function budgetsOf(
  past: PastSales,
  org: number,
  { span, budgets: said }: Simulation,
  sets: Sets,
): Promise<BudgetBegun[]> {
  const named = new Map<string, number>();
  for (const { definition } of [...sets.with, ...sets.without])
    for (const { budget, funder_org: funder } of fundingsOf(definition).flat())
      if (budget !== undefined && funder !== undefined) named.set(budget, funder);
  return Promise.all(
    [...named].map(async ([budget, funderOrg]) => {
      const start =
        saidStart(said, budget) ?? (await past.budgetAt(org, funderOrg, budget, span.from));
      return { budget, funderOrg, start };
    }),
  );
}

function fundingsOf({ funding, benefits }: Definition): Funding[] {
  return [
    funding,
    ...benefits.flatMap((each) => ('funding' in each && each.funding ? [each.funding] : [])),
  ];
}

function saidStart(said: readonly BudgetStart[], budget: string): number | undefined {
  return said.find((each) => each.budget === budget)?.amount;
}
