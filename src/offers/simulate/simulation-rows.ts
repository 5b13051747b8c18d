import type { Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import type { Span } from '../rehearsal/day-sums.ts';
import type { Definition } from '../rule/definition.ts';
import type { SimulationResult } from './tell-simulation.ts';

export type SimulationState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** fen that a budget begins with. */
export interface BudgetStart {
  readonly funder_org: number;
  readonly budget: string;
  readonly amount: number;
}

/** An offer tried, or to be tried, on the past payments of its org. */
export interface Simulation {
  readonly id: string;
  /** null for an offer that was only sent along. */
  readonly offer: string | null;
  readonly code: string;
  /** The published version tried; null for a draft. */
  readonly version: number | null;
  readonly definition: Definition;
  readonly span: Span;
  readonly budgets: readonly BudgetStart[];
  readonly state: SimulationState;
  /** Past sales gone through. */
  readonly done: number;
  /** null until it has begun. */
  readonly total: number | null;
  readonly result: SimulationResult | null;
  readonly fault: Text | null;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface SimulationRow {
  readonly simulation_id: string;
  readonly offer_id: string | null;
  readonly code: string;
  readonly version: number | null;
  readonly definition: Definition;
  readonly day_from: Day;
  readonly day_to: Day;
  readonly budgets: readonly BudgetStart[];
  readonly state: SimulationState;
  readonly done: number;
  readonly total: number | null;
  readonly result: SimulationResult | null;
  readonly fault: Text | null;
  readonly created_at: Date;
  readonly created_by: string;
}

export const SIMULATION_COLUMNS =
  'simulation_id, offer_id, code, version, definition, day_from, day_to, budgets, state, done, total, result, fault, created_at, created_by';

export function simulationOfRow(row: SimulationRow): Simulation {
  const { code, version, definition, budgets, state, done, total, result, fault } = row;
  return {
    id: row.simulation_id,
    offer: row.offer_id,
    code,
    version,
    definition,
    span: { from: row.day_from, to: row.day_to },
    budgets,
    state,
    done,
    total,
    result,
    fault,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}
