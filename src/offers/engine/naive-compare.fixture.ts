import { expect } from 'vitest';
import type { Arrival, Decision, FundingPart } from './decision.ts';
import type { Both } from './naive-sales.fixture.ts';
import type { NaiveGrant } from './naive-till.fixture.ts';

/** Names of pools in the order in which they come up: two tellings name the same pools the same. */
type Names = Map<string, string>;

function named(arrival: Arrival, names: Names): Arrival {
  if (!('pool' in arrival)) return arrival;
  const name = names.get(arrival.pool) ?? `pool ${names.size}`;
  names.set(arrival.pool, name);
  return { ...arrival, pool: name };
}

function paidBy({ payers, parts }: NaiveGrant): FundingPart[] {
  return payers
    .map(({ party, funder_org, budget }, at) => ({
      party,
      ...(funder_org !== undefined && { funderOrg: funder_org }),
      ...(budget !== undefined && { budget }),
      amount: parts[at]!,
    }))
    .filter(({ amount }) => amount > 0);
}

function fromModel(grant: NaiveGrant, names: Names) {
  const { offer, benefit, kind, amount, wanted, lines, coupon, expiry } = grant;
  const arrival = named(grant.arrival, names);
  const funding = paidBy(grant);
  return {
    offer,
    benefit,
    kind,
    amount,
    wanted,
    cut: grant.cut,
    lines,
    funding,
    coupon,
    arrival,
    expiry,
  };
}

function fromEngine(decision: Decision, names: Names) {
  const { offer, benefit, kind, amount, wanted, partly, lineShares, funding, expiry } = decision;
  return {
    offer,
    benefit,
    kind,
    amount,
    wanted,
    cut: partly === 'payer_cap' || partly === 'budget' ? 'payer' : (partly ?? null),
    lines: lineShares,
    funding,
    coupon: decision.coupon ?? null,
    arrival: named(decision.arrival, names),
    expiry,
  };
}

/** Everything that both say of a row of sales: what is granted, to whom it is charged, and when it arrives. */
export function expectSame(sold: readonly Both[]): void {
  const [ofEngine, ofModel]: [Names, Names] = [new Map(), new Map()];
  for (const { engine, model } of sold) {
    expect(engine.decisions.map((each) => fromEngine(each, ofEngine))).toEqual(
      model.grants.map((each) => fromModel(each, ofModel)),
    );
    expect(engine.lines.map(({ net }) => net)).toEqual(model.nets);
  }
}
