import type { FieldFault } from '#kernel/refusal';
import type { Knows, OffersRoom } from '../room.ts';
import { type Definition, parseDefinition } from '../rule/definition.ts';
import { checkDefinition } from './check.ts';
import { neighbourFaults, neighboursOf } from './neighbours.ts';
import { ownBudgetFaults, ownMoneyFaults } from './payer-faults.ts';
import { goodsOf, unknownFaults } from './unknown.ts';

/** A definition without faults, or its faults, at most the first 50. */
export type Read =
  | { readonly definition: Definition; readonly faults?: undefined }
  | { readonly faults: readonly FieldFault[]; readonly definition?: undefined };

const FAULTS_MAX = 50;

/** Reads what somebody wrote as an offer of `org`: its form, and what its fields say together. */
export async function readDefinition(knows: Knows, org: number, input: unknown): Promise<Read> {
  const parsed = parseDefinition(input);
  if ('faults' in parsed) return { faults: parsed.faults.slice(0, FAULTS_MAX) };
  const { definition } = parsed;
  const faults = checkDefinition(definition);
  const sells = await knows.merchant(org);
  faults.push(...(sells ? ownBudgetFaults(org, definition) : ownMoneyFaults(definition)));
  return faults.length > 0 ? { faults: faults.slice(0, FAULTS_MAX) } : { definition };
}

/** As `readDefinition`, and that all it names is there and its neighbours agree. */
export async function readPublishable(
  { db, knows }: OffersRoom,
  org: number,
  input: unknown,
): Promise<Read> {
  const read = await readDefinition(knows, org, input);
  if (read.faults) return read;
  const { definition } = read;
  const goods = await goodsOf(knows, org, definition);
  const faults = [
    ...(await unknownFaults(knows, org, definition, goods)),
    ...neighbourFaults(definition, await neighboursOf(db, org, definition)),
  ];
  return faults.length > 0 ? { faults: faults.slice(0, FAULTS_MAX) } : read;
}
