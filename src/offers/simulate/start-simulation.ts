import { type Day, dayOf } from '#kernel/day';
import { newId } from '#kernel/ids';
import { must, Refused } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { readDefinition } from '../check/find-faults.ts';
import { readListed } from '../get-offer.ts';
import { offerOfCode } from '../offer-of-code.ts';
import { offerIllegal, offersOfAllStores } from '../refusals.ts';
import type { Span } from '../rehearsal/day-sums.ts';
import type { Definition } from '../rule/definition.ts';
import { hashDefinition } from './hash-definition.ts';
import { readSimulation } from './read-simulations.ts';
import { simulationNamesNothing, simulationsWaiting, WAITING_MAX } from './refusals.ts';
import { type PeriodAsked, spanOf } from './span-of.ts';
import type { BudgetStart, Simulation } from './simulation-rows.ts';
import type { Simulator } from './simulator.ts';

export interface SimulationAsked extends PeriodAsked {
  /** The draft of this offer, or what is live of it if it has no draft. */
  readonly offer?: string | undefined;
  /** A published version of `offer` instead. */
  readonly version?: number | undefined;
  /** A whole definition instead; with `offer`, as a change of it. */
  readonly definition?: unknown;
  /** What budgets begin with; else what they had when the days begin, as far as this book knows. */
  readonly budgets?: readonly BudgetStart[] | undefined;
}

/** What is to be simulated, and what writes it, waiting to be carried out, inside a transaction of `ctx.org`. */
export interface Starting extends TriedOffer {
  readonly span: Span;
  readonly budgets: readonly BudgetStart[];
  readonly write: (tx: Tx) => Promise<Simulation>;
}

/**
 * Reads what a simulation needs.
 * @throws Refused offer_unknown, offer_illegal, offers_of_all_stores, simulation_names_nothing,
 * simulation_period_wrong, simulations_waiting
 */
export async function startingSimulation(
  simulator: Simulator,
  ctx: Ctx,
  asked: SimulationAsked,
): Promise<Starting> {
  must(ctx.principal.stores === 'all', offersOfAllStores);
  const tried = await triedOffer(simulator, ctx, asked);
  const span = await spanIn(simulator, ctx, asked);
  const budgets = asked.budgets ?? [];
  const write = async (tx: Tx) => {
    const [row] = await tx.query<{ waiting: number }>(
      `select count(*) as waiting from offers.simulation where org_id = $1 and state in ('queued', 'running')`,
      [ctx.org],
    );
    must((row?.waiting ?? 0) < WAITING_MAX, simulationsWaiting);
    const id = newId();
    await tx.execute(
      `insert into offers.simulation (org_id, simulation_id, offer_id, code, version, definition, definition_hash,
                                      day_from, day_to, budgets, state, created_at, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued', $11, $12)`,
      [
        ctx.org,
        id,
        tried.offer,
        tried.definition.code,
        tried.version,
        JSON.stringify(tried.definition),
        hashDefinition(tried.definition),
        span.from,
        span.to,
        JSON.stringify(budgets),
        ctx.now,
        actorOf(ctx.principal),
      ],
    );
    const made = await readSimulation(tx, ctx.org, id);
    const after = { code: made.code, version: made.version, span };
    await audit(tx, ctx, { verb: 'offers.simulate', subject: `simulation:${id}`, after });
    return made;
  };
  return { ...tried, span, budgets, write };
}

export interface TriedOffer {
  readonly offer: string | null;
  readonly version: number | null;
  readonly definition: Definition;
}

/** What is to be tried. @throws Refused offer_unknown, offer_illegal, simulation_names_nothing */
export async function triedOffer(
  { db, knows }: Simulator,
  { org }: Ctx,
  { offer, version, definition }: SimulationAsked,
): Promise<TriedOffer> {
  if (definition !== undefined) {
    const read = await readDefinition(knows, org, definition);
    if (read.faults) throw new Refused(offerIllegal(read.faults));
    if (offer !== undefined) await db.read([org], (tx) => readListed(tx, org, offer));
    const of = offer ?? (await offerOfCode(db, org, read.definition.code));
    return { offer: of, version: null, definition: read.definition };
  }
  must(offer !== undefined, simulationNamesNothing);
  return db.read([org], async (tx) => {
    const { draft, published, liveVersion } = await readListed(tx, org, offer);
    if (version === undefined && draft) return { offer, version: null, definition: draft };
    if (version === undefined || version === liveVersion) {
      must(published && liveVersion !== null, simulationNamesNothing);
      return { offer, version: liveVersion, definition: published };
    }
    const [row] = await tx.query<{ definition: Definition }>(
      'select definition from offers.version where org_id = $1 and offer_id = $2 and version = $3',
      [org, offer, version],
    );
    must(row, simulationNamesNothing);
    return { offer, version, definition: row.definition };
  });
}

/** Up to the last day with a sale, at most today. @throws Refused simulation_period_wrong */
async function spanIn({ past, zoneOf }: Simulator, ctx: Ctx, asked: PeriodAsked): Promise<Span> {
  const today: Day = dayOf(ctx.now, await zoneOf(ctx.org));
  const sold = await past.span(ctx.org);
  const last = sold === null || sold.to > today ? today : sold.to;
  return spanOf(asked, last);
}
