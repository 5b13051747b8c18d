import { LogicEngine } from 'json-logic-engine';
import { decide } from '#offers';
import { type Bench, interleaved, rounded } from './figure.ts';
import { matchPayment, type MatchPayment, matchRules, seeded } from './match-rules.ts';

const OFFERS = 1_000;
const PAYMENTS = 256;
const ROUNDS = 7;
const MIN_US = 300_000;
const SEED = 20_261_121;

/**
 * One payment against 1,000 live offers of five conditions, of which about one in a hundred matches: found,
 * and what they grant decided. Against json-logic-engine, compiled, which only finds them.
 */
export const engineMatch: Bench = async (tell) => {
  const chance = seeded(SEED);
  const { set, logic } = matchRules(chance, OFFERS);
  const payments = Array.from({ length: PAYMENTS }, () => matchPayment(chance));
  const engine = new LogicEngine();
  const rules = logic.map((rule) => engine.build(rule) as (flat: MatchPayment['flat']) => unknown);
  const found = sameFound(payments);
  let sink = 0;
  const ours = async () =>
    perPayment(payments, ({ facts }) => {
      sink += decide(facts, set).evaluation.decisions.length;
    });
  const theirs = async () =>
    perPayment(payments, ({ flat }) => {
      for (const rule of rules) if (rule(flat) === true) sink++;
    });
  await ours();
  await theirs();
  const measured = await interleaved(ROUNDS, theirs, ours);
  if (sink === 0) throw new Error('nothing matched');
  tell({
    name: 'engine.match.share',
    value: rounded((100 * found) / (OFFERS * PAYMENTS), 2),
    unit: '%',
    reference: null,
    ratio: null,
  });
  tell({
    name: 'engine.match',
    value: rounded(measured.ours, 2),
    unit: 'us',
    reference: `json-logic-engine compiled ${rounded(measured.reference, 1)} us`,
    ratio: rounded(1 / measured.ratio, 1),
  });

  /** Matches in all; both sides must find the same offers. */
  function sameFound(all: readonly MatchPayment[]): number {
    let matches = 0;
    for (const { facts, flat } of all) {
      const expected = rules.flatMap((rule, index) =>
        rule(flat) === true ? [`offer-${String(index).padStart(4, '0')}`] : [],
      );
      const granted = decide(facts, set).evaluation.decisions.map(({ offer }) => offer);
      if (JSON.stringify(granted.toSorted()) !== JSON.stringify(expected))
        throw new Error(`${granted.length} offers were granted, ${expected.length} match`);
      matches += expected.length;
    }
    return matches;
  }
};

/** Microseconds of this thread, so that waiting for a core that others use does not count. */
function perPayment(
  payments: readonly MatchPayment[],
  run: (payment: MatchPayment) => void,
): number {
  const start = process.threadCpuUsage();
  let spent = 0;
  let times = 0;
  while (spent < MIN_US) {
    for (const payment of payments) run(payment);
    times += payments.length;
    const { user, system } = process.threadCpuUsage(start);
    spent = user + system;
  }
  return spent / times;
}
