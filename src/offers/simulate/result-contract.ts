import { z } from 'zod';

const n = z.int();
const ppm = z.int().meta({ description: 'Parts per million.' });
const date = z.iso.date();
const kind = z.enum(['discount', 'points', 'growth', 'cashback', 'coupon', 'gift']);
const span = { from: date, to: date };
const sums = { amount: n, reversed: n };
const period = z.string().meta({ description: 'A day, or a month such as 2026-11.' });
const rows = z.array(z.strictObject({ period, grants: n, ...sums }));
const payerRows = z.array(z.strictObject({ period, ...sums }));

const benefits = z.array(
  z.strictObject({
    kind,
    grants: n.meta({ description: 'Sales that got it.' }),
    ...sums,
    wanted: n.meta({ description: 'What the formulas say before caps, limits and budgets.' }),
    partial: n.meta({ description: 'Grants that were smaller than wanted.' }),
    cuts: z.array(z.strictObject({ reason: z.string(), grants: n })),
    payers: z.array(
      z.strictObject({
        party: z.enum(['merchant', 'store', 'funder']),
        funder_org: n.nullable(),
        budget: z.string().nullable(),
        ...sums,
        days: payerRows,
        months: payerRows,
      }),
    ),
    days: rows,
    months: rows,
    arrivals: z
      .strictObject({
        days: z.array(z.strictObject({ day: date, amount: n })),
        cancelled: n.meta({ description: 'What its window ended for without being reached.' }),
        waiting: n.meta({ description: 'What still waits for its condition at the end.' }),
      })
      .meta({
        description:
          'When it can be used, where that is not with the sale itself. Who buys no more gets what waited for quiet days.',
      }),
  }),
);

const comparison = z.strictObject({
  offer_id: z.uuid(),
  code: z.string(),
  kind,
  grants_without: n,
  grants_with: n,
  without: n,
  with: n,
  difference: n.meta({ description: 'with - without.' }),
});

const bought = z.strictObject({ sales: n, amount: n });
const mark = z.strictObject({ sale: z.uuid(), day: date });

const spread = z
  .strictObject({
    members: n,
    anonymous_grants: n,
    anonymous_amount: n,
    tiers: z.array(z.strictObject({ tier: z.string(), members: n, grants: n, amount: n })),
    top_tenth_ppm: ppm,
    top_hundredth_ppm: ppm,
    median: n,
    p90: n,
    p99: n,
    most: n,
    often: z.array(z.strictObject({ from: n, to: n.nullable(), members: n, amount: n })),
  })
  .meta({
    description:
      'Who gets it: members by the tier at their first grant, the part of the tenth and the hundredth who get ' +
      'most, what members get at the median, 90 % and 99 %, and how many get it how often.',
  });

const anyway = z
  .strictObject({
    window: z.strictObject(span),
    grants_ppm: ppm,
    amount_ppm: ppm,
    habits: z.array(
      z.strictObject({
        habit: z.enum(['regular', 'lapsed', 'new', 'anonymous']),
        members: n,
        grants: n,
        amount: n,
      }),
    ),
    before: bought,
    during: bought,
  })
  .meta({
    description:
      'Bought anyway. Every past sale was made without the offer, so the past cannot say which sales it would add. ' +
      'It says how much of it goes to members who come in any case: grants_ppm and amount_ppm are the part of the ' +
      'grants to members, and of their amount, that goes to regular members, who bought at least once in as many ' +
      'days (window) before. lapsed bought earlier, but not then; new bought for the first time in the simulated ' +
      'days; anonymous buyers are not known. before and during: what the members who get it bought in the window ' +
      'and in the simulated days, net fen.',
  });

/** What a simulation found. */
export const simulationResult = z
  .strictObject({
    past: z.strictObject({
      ...span,
      days: n,
      sales: n,
      refunds: n,
      members: n,
      anonymous_sales: n,
      gross: n,
    }),
    dates: z.enum(['as_written', 'set_aside']).meta({
      description:
        'set_aside: the first and last days of the offer do not cover the simulated days and were left out of ' +
        'account, as are those of the live offers that meet it.',
    }),
    missing_facts: z
      .array(z.strictObject({ fact: z.string(), sales: n }))
      .meta({ description: 'What the offer asks for, and how many past sales did not tell it.' }),
    offer: z.strictObject({
      offer_id: z.uuid(),
      code: z.string(),
      versions: z.array(n),
      grants: n.meta({ description: 'Sales that got anything of it.' }),
      kinds: benefits,
    }),
    unit: z.enum(['fen', 'points', 'growth', 'coupon', 'gift']).meta({
      description: 'What spread and bought_anyway are counted in.',
    }),
    spread,
    bought_anyway: anyway,
    budgets: z.array(
      z.strictObject({
        budget: z.string(),
        funder_org: n.nullable(),
        start: n,
        drawn: n,
        returned: n,
        left: n,
        ends_on: date.nullable().meta({
          description: 'Day of the first sale that it could not pay in full, or emptied it.',
        }),
        closed_by: z.uuid().nullable(),
        last_sale: mark.nullable(),
        short_sales: n,
        lasts_days: n.nullable().meta({ description: 'Days that start lasts at this pace.' }),
      }),
    ),
    change: z
      .strictObject({ version: n, kinds: z.array(comparison) })
      .nullable()
      .meta({
        description:
          'Against the version that decides now, on the same sales; null where none does.',
      }),
    decided: z
      .array(z.strictObject({ kind, versions: z.array(n), grants: n, ...sums }))
      .meta({ description: 'What your books hold of the offer in the same days.' }),
    collisions: z
      .array(comparison)
      .meta({ description: 'Other offers that give more or less with it in the set.' }),
  })
  .meta({ id: 'SimulationResult' });
