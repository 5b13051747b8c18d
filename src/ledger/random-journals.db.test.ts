import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { openRecorder, type Recorder } from '#platform/record/record';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { account } from './account.ts';
import { balanceOf } from './balances.ts';
import { ledgerInvariants } from './breaches.ts';
import { captureHold, placeHold, releaseHold } from './holds.ts';
import { journal, post } from './intents.fixture.ts';
import { type Leg, mirrored, type Posting } from './journal.ts';
import { openRelay, type Relay } from './relay.ts';
import { journalSource } from './tally.ts';
import { lowestId, sealBlock } from '#platform/seal/seal-rows';

let db: FreshDatabase;
let recorder: Recorder;
let relay: Relay;

beforeAll(async () => {
  db = await freshDatabase();
  recorder = openRecorder(db, { lanes: 2, batchMax: 16 });
  relay = openRelay({ db, recorder });
});
afterAll(async () => {
  await relay.close();
  await recorder.close();
  await db.drop();
});

const ORGS = [801, 802, 803];
const accounts = [
  account('1010'),
  account('5030'),
  account('2031', 'a'),
  account('2031', 'b'),
  account('1230', 'a'),
  account('2600', 'x'),
];
const place = fc.record({
  org: fc.constantFrom(...ORGS),
  from: fc.nat(5),
  to: fc.nat(5),
  amount: fc.integer({ min: 1, max: 500 }),
});
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('move' as const), at: place, key: fc.nat(30) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reverse' as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold' as const), at: place }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('send' as const), at: place }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const legsOf = ({ from, to, amount }: Step['at']): Leg[] => [
  { account: accounts[to] as Leg['account'], amount },
  { account: accounts[from] as Leg['account'], amount: -amount },
];

async function carryOut(each: Step): Promise<void> {
  const { org, from, to } = each.at;
  if (from === to && each.do !== 'hold' && each.do !== 'send') return;
  const legs = legsOf(each.at);
  if (each.do === 'move')
    return void (await post(recorder, org, [journal(legs)], { key: `${each.key}` }));
  if (each.do === 'send') return void (await post(recorder, org, [sending(each.at)]));
  if (each.do === 'hold') return holdAndEnd(each.at);
  const original = journal(legs);
  if ((await post(recorder, org, [original])).kind !== 'recorded') return;
  const undo = () =>
    post(recorder, org, [journal(mirrored(legs), { reverses: original.journalId })]);
  await Promise.all([undo(), undo()]);
}

function sending({ org, amount }: Step['at']): Posting {
  const peer = org === 801 ? 802 : 801;
  return journal(
    [
      { account: account('5030'), amount },
      { account: account('2910', peer), amount: -amount },
    ],
    {
      sends: [
        {
          xferId: newId(),
          org: peer,
          kind: 'test',
          source: newId(),
          legs: [
            { code: '1910', owner: String(org), amount },
            { code: '2031', owner: 'a', amount: -amount },
          ],
        },
      ],
    },
  );
}

async function holdAndEnd({ org, amount }: Step['at']): Promise<void> {
  const wallet = account('2031', 'a');
  const holdId = newId();
  const placed = await post(recorder, org, [
    { holds: [placeHold(wallet, { holdId, amount, source: newId() })] },
  ]);
  if (placed.kind !== 'recorded' || amount % 3 === 0) return;
  const legs = [
    { account: wallet, amount },
    { account: account('1010'), amount: -amount },
  ];
  const end: Posting =
    amount % 2
      ? { holds: [releaseHold(wallet, holdId)] }
      : journal(legs, { holds: [captureHold(wallet, holdId, amount)] });
  await post(recorder, org, [end]);
}

test(
  'whatever many callers post at once, every invariant of the books holds',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
        await Promise.all(steps.map(carryOut));
        // Sealing goes behind all writes, the relay's too.
        await relay.settle();
        await recorder.idle();
        const below = lowestId(new Date(Date.UTC(2100, 0)));
        await Promise.all(ORGS.map((org) => sealBlock(db, org, journalSource, below)));
        const broken = await db.transact(ORGS, async (tx) => {
          const found: string[] = [];
          for (const { id, breaches } of ledgerInvariants(() => '2026-06-01')) {
            if ((await breaches(tx, ORGS)).length > 0) found.push(id);
          }
          return found;
        });
        expect(broken).toEqual([]);
      }),
      { numRuns: 12 },
    );
    await relay.settle();
    for (const org of ORGS) {
      const entries = await db.read([org], (tx) =>
        tx.query<{ sum: number }>(
          `select coalesce(sum(l.amount), 0)::bigint sum
             from ledger.journal j cross join lateral unnest(j.acct, j.amount) l(account_id, amount)
            where j.org_id = $1 and l.account_id = $2`,
          [org, account('1010').id],
        ),
      );
      expect((await db.read([org], (tx) => balanceOf(tx, org, account('1010')))).posted).toBe(
        entries[0]?.sum,
      );
    }
  },
);
