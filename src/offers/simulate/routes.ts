import { answer, bind, type Route } from '#platform/contract';
import { demandAllStores } from '#platform/http/demand-all-stores';
import { idempotent } from '#platform/http/idempotent';
import { decodeCursor, page } from '#platform/http/page';
import type { Jobs } from '#platform/jobs/open-jobs';
import { cancelSimulationIn } from './cancel-simulation.ts';
import * as contract from './contract.ts';
import { readForecast } from './read-forecast.ts';
import { getSimulation, listSimulations } from './read-simulations.ts';
import { SIMULATE } from './simulate-job.ts';
import type { Simulation } from './simulation-rows.ts';
import type { Simulator } from './simulator.ts';
import { startingSimulation } from './start-simulation.ts';

export function simulationRoutes(simulator: Simulator, jobs: Jobs): Route[] {
  const { db } = simulator;
  return [
    bind(contract.startSimulation, async (ctx, { body, meta }) => {
      const { offer_id: offer, ...asked } = body;
      const { write } = await startingSimulation(simulator, ctx, { ...asked, offer });
      const send = await jobs.sender(SIMULATE);
      const started = await idempotent(db, ctx, meta, async (tx) => {
        const simulation = await write(tx);
        await send(tx, { org: ctx.org, id: simulation.id }, String(ctx.org));
        return { answer: answer(202, shown(simulation)) };
      });
      jobs.wake(SIMULATE);
      return started;
    }),
    bind(contract.cancelSimulation, (ctx, { params, meta }) => {
      demandAllStores(ctx);
      return idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, shown(await cancelSimulationIn(tx, ctx, params.simulation_id))),
      }));
    }),
    ...readingRoutes(simulator),
  ];
}

function readingRoutes(simulator: Simulator): Route[] {
  const { db } = simulator;
  return [
    bind(contract.listSimulations, async (ctx, { query }) => {
      demandAllStores(ctx);
      const { limit, cursor, offer_id: offer, state } = query;
      const list = `simulations:${ctx.org}:${offer ?? ''}:${state ?? ''}`;
      const before = decodeCursor(list, cursor)?.[0] as string | undefined;
      const found = await listSimulations(db, ctx, { before, limit: limit + 1, offer, state });
      return answer(
        200,
        page(found.map(listed), limit, list, ({ simulation_id }) => [simulation_id]),
      );
    }),
    bind(contract.readSimulation, async (ctx, { params }) => {
      demandAllStores(ctx);
      return answer(200, shown(await getSimulation(db, ctx, params.simulation_id)));
    }),
    bind(contract.readForecast, async (ctx, { params, query }) => {
      demandAllStores(ctx);
      const found = await readForecast(simulator, ctx, params.offer_id, query.version);
      const { offer, simulation, publishedAt, payers, ...rest } = found;
      return answer(200, {
        ...rest,
        offer_id: offer,
        simulation_id: simulation,
        published_at: publishedAt.toISOString(),
        payers: payers.map((payer) => ({ ...payer, days: [...payer.days] })),
      });
    }),
  ];
}

function listed({ id, offer, span, createdAt, createdBy, ...simulation }: Simulation) {
  const { code, version, state, done, total, fault } = simulation;
  return {
    simulation_id: id,
    offer_id: offer,
    code,
    version,
    ...span,
    state,
    done,
    total,
    fault,
    created_at: createdAt.toISOString(),
    created_by: createdBy,
  };
}

function shown(simulation: Simulation) {
  return { ...listed(simulation), result: simulation.result as never };
}
