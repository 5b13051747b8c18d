import { z } from 'zod';
import { day, operation, pageOf, pageQuery, uuid } from '#platform/contract';
import { simulationResult } from './result-contract.ts';
import { MONTHS_MAX } from './refusals.ts';

const TAG = ['Simulations'];
const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
const params = z.strictObject({ simulation_id: uuid });
const DAYS = 'Business days, both included.';

const budget = z.strictObject({
  funder_org: z.int().positive(),
  budget: z.string().min(1).max(100),
  amount: z.int().min(0).max(100_000_000_000).meta({ description: 'fen that it begins with.' }),
});

const asked = z.strictObject({
  offer_id: uuid.optional().meta({
    description: 'Its draft is tried, or what is live of it where it has no draft.',
  }),
  version: z.int().min(1).optional().meta({ description: 'A published version instead.' }),
  definition: z.unknown().optional().meta({
    description:
      'A whole offer, as for POST /v1/offers; with offer_id, or the code of an offer of yours, as a change of it.',
  }),
  months: z.int().min(1).max(MONTHS_MAX).optional().meta({
    description: 'So many months up to the last day with a sale; 3 unless from is given.',
  }),
  from: day.optional().meta({ description: DAYS }),
  to: day.optional(),
  budgets: z.array(budget).max(20).optional().meta({
    description:
      'What budgets begin with. Else what is left of them, and what your sales drew since the first of the days.',
  }),
});

const text = z.strictObject({ zh: z.string(), en: z.string() });
const listed = z.strictObject({
  simulation_id: z.uuid(),
  offer_id: z
    .uuid()
    .nullable()
    .meta({ description: 'null for an offer that was only sent along.' }),
  code: z.string(),
  version: z.int().nullable().meta({ description: 'The published version tried; null: a draft.' }),
  from: z.iso.date(),
  to: z.iso.date(),
  state: z.enum(STATES),
  done: z.int().meta({ description: 'Past sales gone through.' }),
  total: z
    .int()
    .nullable()
    .meta({ description: 'Past sales to go through; null before it begins.' }),
  fault: text.nullable().meta({ description: 'Why it failed.' }),
  created_at: z.iso.datetime(),
  created_by: z.string(),
});
const simulation = listed
  .extend({ result: simulationResult.nullable() })
  .meta({ id: 'Simulation' });

export const startSimulation = operation({
  id: 'startSimulation',
  method: 'POST',
  path: '/v1/simulations',
  summary: 'Simulate an offer',
  description:
    'Tries an offer on your past payments, by the engine that decides sales, and changes nothing. It runs in the ' +
    'background, one at a time; a restart of the product does not lose it.',
  tags: TAG,
  scope: 'offer.write',
  body: asked,
  reply: { 202: simulation },
  refusals: [
    'offer_unknown',
    'offer_illegal',
    'offers_of_all_stores',
    'simulation_names_nothing',
    'simulation_period_wrong',
    'simulations_waiting',
  ],
});

export const listSimulations = operation({
  id: 'listSimulations',
  method: 'GET',
  path: '/v1/simulations',
  summary: 'List simulations',
  description: 'The newest first, without their results.',
  tags: TAG,
  scope: 'report.read',
  query: z.strictObject({
    ...pageQuery,
    offer_id: uuid.optional(),
    state: z.enum(STATES).optional(),
  }),
  reply: { 200: pageOf(listed) },
  refusals: ['cursor_malformed', 'all_stores_needed'],
});

export const readSimulation = operation({
  id: 'readSimulation',
  method: 'GET',
  path: '/v1/simulations/{simulation_id}',
  summary: 'Read a simulation',
  description: 'How far it is, and when it is done what it found.',
  tags: TAG,
  scope: 'report.read',
  params,
  reply: { 200: simulation },
  refusals: ['simulation_unknown', 'all_stores_needed'],
});

export const cancelSimulation = operation({
  id: 'cancelSimulation',
  method: 'POST',
  path: '/v1/simulations/{simulation_id}/cancel',
  summary: 'Cancel a simulation',
  description: 'What waits is not begun, what runs stops.',
  tags: TAG,
  scope: 'offer.write',
  params,
  reply: { 200: simulation },
  refusals: ['simulation_unknown', 'simulation_over', 'all_stores_needed'],
});

const fen = z.int();

export const readForecast = operation({
  id: 'readForecast',
  method: 'GET',
  path: '/v1/offers/{offer_id}/forecast',
  summary: 'Forecast against fact',
  description:
    'The newest simulation of exactly the published version, made before it was published, against what the ' +
    'version has granted since. A day is expected to give what days of its weekday gave in the simulated days ' +
    'on average. Points in points, all else in fen.',
  tags: TAG,
  scope: 'report.read',
  params: z.strictObject({ offer_id: uuid }),
  query: z.strictObject({
    version: z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .transform(Number)
      .optional()
      .meta({ description: 'The last version with a forecast unless said.', type: 'integer' }),
  }),
  reply: {
    200: z
      .strictObject({
        offer_id: z.uuid(),
        version: z.int(),
        simulation_id: z.uuid(),
        simulated: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
        published_at: z.iso.datetime(),
        days: z
          .strictObject({ from: z.iso.date(), to: z.iso.date() })
          .nullable()
          .meta({ description: 'The days compared; null before the first.' }),
        payers: z.array(
          z.strictObject({
            kind: z.string(),
            party: z.enum(['merchant', 'store', 'funder']),
            funder_org: z.int().nullable(),
            budget: z.string().nullable(),
            expected: fen,
            actual: fen,
            difference: fen.meta({ description: 'actual - expected.' }),
            reversed: fen.meta({ description: 'What refunds took back; not in actual.' }),
            days: z.array(z.strictObject({ day: z.iso.date(), expected: fen, actual: fen })),
          }),
        ),
      })
      .meta({ id: 'ForecastCompared' }),
  },
  refusals: ['offer_unknown', 'forecast_missing', 'all_stores_needed'],
});
