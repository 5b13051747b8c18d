import type { Locale } from '#kernel/refusal';
import type { Simulation, SimulationResult } from '#offers';
import { pad, padLeft, yuan } from '../replay/table-cells.ts';
import type { Names } from './names-in.ts';
import { WORDS } from './words.ts';

/** The result as one JSON object; money is fen. */
export function simulationJson({
  id,
  offer,
  code,
  version,
  span,
  state,
  result,
}: Simulation): string {
  return JSON.stringify({
    simulation_id: id,
    offer_id: offer,
    code,
    version,
    ...span,
    state,
    result,
  });
}

type Words = (typeof WORDS)[Locale];
type Kinds = SimulationResult['offer']['kinds'];

/** The result as a table for people. */
export function simulationTable(simulation: Simulation, names: Names, locale: Locale): string {
  const words = WORDS[locale];
  const { result, code, version } = simulation;
  if (result === null) return words.cancelled;
  const { past, offer, dates, missing_facts } = result;
  const row = (name: string, value: string) => `${pad(name, 24)} ${value}`;
  return [
    row(
      words.offer,
      `${code} (${version === null ? words.draft : `${words.version} ${version}`}), ${names.merchant}`,
    ),
    row(words.days, `${past.from} - ${past.to} (${past.days})`),
    row(
      words.sales,
      `${past.sales}, ${words.refunds} ${past.refunds}, ${yuan(past.gross)} ${words.yuan}`,
    ),
    ...(dates === 'set_aside' ? [words.setAside] : []),
    ...missing_facts
      .filter(({ sales }) => sales > 0)
      .map(({ fact, sales }) => `${sales} ${words.without[fact]}`),
    '',
    ...costRows(offer.kinds, names, words),
    ...monthRows(offer.kinds, words),
    '',
    ...whoRows(result, words),
    ...budgetRows(result, names, words),
    ...comparedRows(result, words),
  ].join('\n');
}

function shownIn(words: Words, kind: Kinds[number]['kind']): (value: number) => string {
  return kind === 'discount' || kind === 'cashback'
    ? (value) => `${yuan(value)} ${words.yuan}`
    : (value) => `${value} ${words.units[kind]}`;
}

function costRows(kinds: Kinds, names: Names, words: Words): string[] {
  if (kinds.length === 0) return [words.nothing];
  return [
    words.costs,
    ...kinds.flatMap(({ kind, grants, amount, reversed, payers }) => {
      const shown = shownIn(words, kind);
      const line = (name: string, count: string, given: number, back: number, by: string) =>
        [
          pad(name, 10),
          padLeft(count, 8),
          padLeft(shown(given), 18),
          padLeft(shown(back), 16),
          by,
        ].join(' ');
      const [first, ...rest] = payers.map(({ party, funder_org, budget, ...sums }) => ({
        ...sums,
        by: payerName({ party, funder_org, budget }, names, words),
      }));
      if (!first) return [line(words.kinds[kind], String(grants), amount, reversed, '')];
      return [
        line(words.kinds[kind], String(grants), first.amount, first.reversed, first.by),
        ...rest.map((each) => line('', '', each.amount, each.reversed, each.by)),
      ];
    }),
  ];
}

function payerName(
  {
    party,
    funder_org,
    budget,
  }: Pick<Kinds[number]['payers'][number], 'party' | 'funder_org' | 'budget'>,
  { orgs, budgets }: Names,
  words: Words,
): string {
  const funder = funder_org === null ? '' : ` ${orgs.get(funder_org) ?? funder_org}`;
  const drawn = budget === null ? '' : ` (${budgets.get(budget) ?? budget})`;
  return ` ${words.parties[party]}${funder}${drawn}`;
}

function monthRows(kinds: Kinds, words: Words): string[] {
  const rows = kinds.flatMap(({ kind, months }) => {
    const shown = shownIn(words, kind);
    return months.map(
      ({ period, grants, amount }) =>
        `${pad(period, 10)} ${padLeft(String(grants), 8)} ${padLeft(shown(amount), 18)}  ${words.kinds[kind]}`,
    );
  });
  return rows.length === 0 ? [] : ['', words.months, ...rows];
}

function whoRows(
  { spread, unit, bought_anyway: anyway }: SimulationResult,
  words: Words,
): string[] {
  const shown = shownIn(words, unit === 'fen' ? 'cashback' : unit);
  const { members, tiers, median, most, top_tenth_ppm: top } = spread;
  return [
    `${words.members}: ${members}; ${words.median} ${shown(median)}, ${words.most} ${shown(most)}; ${words.top} ${percent(top)}`,
    ...tiers.map(({ tier, ...sums }) => `  ${pad(tier, 12)} ${sumsOf(sums, words, shown)}`),
    `${words.anyway} ${percent(anyway.grants_ppm)} ${words.ofGrants}, ${percent(anyway.amount_ppm)} ${words.ofAmount}`,
    ...anyway.habits.map(
      ({ habit, ...sums }) => `  ${pad(words.habits[habit], 12)} ${sumsOf(sums, words, shown)}`,
    ),
  ];
}

function sumsOf(
  { members, grants, amount }: { members: number; grants: number; amount: number },
  words: Words,
  shown: (value: number) => string,
): string {
  return `${members} ${words.people}, ${grants} ${words.times}, ${shown(amount)}`;
}

function budgetRows({ budgets }: SimulationResult, names: Names, words: Words): string[] {
  const drawable = budgets.filter(({ start, drawn }) => start > 0 || drawn > 0);
  return drawable.map(
    ({ budget, start, left, ends_on: end, lasts_days: lasts }) =>
      `${words.budget} ${names.budgets.get(budget) ?? budget}: ${yuan(start)} -> ${yuan(left)} ${words.yuan}; ` +
      (end === null ? words.lasts(lasts) : words.ends(end)),
  );
}

function comparedRows({ change, collisions, decided }: SimulationResult, words: Words): string[] {
  const line = ({ code, kind, without, with: after, difference }: (typeof collisions)[number]) => {
    const shown = shownIn(words, kind);
    return `  ${pad(`${code} ${words.kinds[kind]}`, 28)} ${shown(without)} -> ${shown(after)} (${difference > 0 ? '+' : ''}${shown(difference)})`;
  };
  return [
    ...(change === null
      ? []
      : ['', `${words.change} ${change.version}:`, ...change.kinds.map(line)]),
    ...(decided.length === 0
      ? []
      : [
          `${words.decided}: ${decided.map(({ kind, amount }) => shownIn(words, kind)(amount)).join(', ')}`,
        ]),
    ...(collisions.length === 0 ? [] : ['', words.collisions, ...collisions.map(line)]),
  ];
}

/** ppm as per cent with one decimal. */
function percent(ppm: number): string {
  return `${(ppm / 10_000).toFixed(1)} %`;
}
