import { addDays, type Day, dayOf } from '#kernel/day';
import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { readListed } from '../get-offer.ts';
import { type ComparedPayer, compareForecast } from '../rehearsal/compare-forecast.ts';
import type { Span } from '../rehearsal/day-sums.ts';
import type { Definition } from '../rule/definition.ts';
import { forecastMissing } from './refusals.ts';
import type { Simulator } from './simulator.ts';
import type { SimulationResult } from './tell-simulation.ts';

/** What was foreseen of a version when it was published, against what it has granted since. */
export interface ForecastCompared {
  readonly offer: string;
  readonly version: number;
  readonly simulation: string;
  readonly simulated: Span;
  readonly publishedAt: Date;
  /** The days compared; null before the first. */
  readonly days: Span | null;
  readonly payers: readonly ComparedPayer[];
}

interface ForecastRow {
  readonly version: number;
  readonly simulation_id: string;
  readonly day_from: Day;
  readonly day_to: Day;
  readonly result: SimulationResult;
  readonly definition: Definition;
  readonly published_at: Date;
  readonly followed_at: Date | null;
}

const DAYS_MAX = 400;

/**
 * Compares the forecast of an offer's version, the last one that has a forecast unless said, with what the
 * books hold of that version.
 * @throws Refused offer_unknown, forecast_missing
 */
export async function readForecast(
  { db, past, zoneOf }: Simulator,
  ctx: Ctx,
  offer: string,
  version?: number,
): Promise<ForecastCompared> {
  const row = await db.read([ctx.org], async (tx) => {
    await readListed(tx, ctx.org, offer);
    const [found] = await tx.query<ForecastRow>(
      `select f.version, f.simulation_id, s.day_from, s.day_to, s.result, v.definition, v.published_at,
              (select min(n.published_at) from offers.version n
                where n.org_id = $1 and n.offer_id = $2 and n.version > f.version) as followed_at
         from offers.forecast f
         join offers.simulation s on s.org_id = f.org_id and s.simulation_id = f.simulation_id
         join offers.version v on v.org_id = f.org_id and v.offer_id = f.offer_id and v.version = f.version
        where f.org_id = $1 and f.offer_id = $2 and ($3::int is null or f.version = $3)
        order by f.version desc limit 1`,
      [ctx.org, offer, version ?? null],
    );
    return found;
  });
  must(row, forecastMissing);
  const simulated = { from: row.day_from, to: row.day_to };
  const zone = await zoneOf(ctx.org);
  const days = daysSoFar(row, dayOf(ctx.now, zone), zone);
  const facts = days === null ? [] : await past.granted(ctx.org, days, offer);
  const own = facts.filter((fact) => fact.version === row.version);
  return {
    offer,
    version: row.version,
    simulation: row.simulation_id,
    simulated,
    publishedAt: row.published_at,
    days,
    payers: days === null ? [] : compareForecast(row.result.offer, simulated, days, own),
  };
}

/** From the publication, or the offer's first day if that is later, to its end, the next version, or today. */
function daysSoFar(row: ForecastRow, today: Day, zone: string): Span | null {
  const { from: first, to: end } = row.definition.schedule;
  const published = dayOf(row.published_at, zone);
  const from = first > published ? first : published;
  const ends = [today, addDays(from, DAYS_MAX - 1)];
  if (end !== undefined) ends.push(end);
  if (row.followed_at !== null) ends.push(dayOf(row.followed_at, zone));
  const to = ends.toSorted((a, b) => (a < b ? -1 : 1))[0]!;
  return to < from ? null : { from, to };
}
