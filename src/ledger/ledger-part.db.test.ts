import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { openRecorder, type Recorder } from '#platform/record/record';
import { type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { account } from './account.ts';
import { balanceOf } from './balances.ts';
import { captureHold, expireHold, placeHold, releaseHold } from './holds.ts';
import { journal, post } from './intents.fixture.ts';
import { type Leg, mirrored } from './journal.ts';
import { statementOf } from './statement.ts';

let db: FreshDatabase;
let recorder: Recorder;
let org = 100;

beforeAll(async () => {
  db = await freshDatabase();
  recorder = openRecorder(db, { lanes: 2 });
});
afterAll(async () => {
  await recorder.close();
  await db.drop();
});

const bank = account('1010');
const budget = account('2600', 'b1');
const cost = account('5030');
const fund = (amount: number): Leg[] => [
  { account: bank, amount },
  { account: budget, amount: -amount },
];
const spend = (amount: number): Leg[] => [
  { account: budget, amount },
  { account: cost, amount: -amount },
];
const balance = (ref = budget) => db.read([org], (tx) => balanceOf(tx, org, ref));
const codeOf = (result: Awaited<ReturnType<typeof post>>) =>
  result.kind === 'refused' ? result.refusal.code : result.kind;

async function funded(amount: number): Promise<void> {
  org++;
  expect(codeOf(await post(recorder, org, [journal(fund(amount))]))).toBe('recorded');
}

test('a funded account may be spent to its floor and no further', async () => {
  await funded(100);
  expect(codeOf(await post(recorder, org, [journal(spend(100))]))).toBe('recorded');
  expect(codeOf(await post(recorder, org, [journal(spend(1))]))).toBe('insufficient_balance');
  expect(await balance()).toEqual({ posted: 0, held: 0, available: 0 });
  expect(await balance(bank)).toEqual({ posted: 100, held: 0, available: 100 });
});

test('200 callers that ask for more than there is end exactly at the floor', async () => {
  await funded(1000);
  const results = await Promise.all(
    Array.from({ length: 200 }, () => post(recorder, org, [journal(spend(7))])),
  );
  expect(results.filter(({ kind }) => kind === 'recorded').length).toBe(142);
  expect(results.filter((result) => codeOf(result) === 'insufficient_balance').length).toBe(58);
  expect(await balance()).toEqual({ posted: 6, held: 0, available: 6 });
});

test('the same key from 20 callers is one journal', async () => {
  await funded(1000);
  const key = newId();
  const results = await Promise.all(
    Array.from({ length: 20 }, () => post(recorder, org, [journal(spend(7))], { key })),
  );
  expect(results.map(({ kind }) => kind).toSorted()).toEqual([
    ...Array(1).fill('recorded'),
    ...Array(19).fill('replayed'),
  ]);
  expect((await balance()).posted).toBe(993);
});

test('a journal is reversed once, also when asked again later', async () => {
  await funded(50);
  const original = journal(spend(20));
  await post(recorder, org, [original]);
  const undo = () => journal(mirrored(original.legs), { reverses: original.journalId });
  expect(codeOf(await post(recorder, org, [undo()]))).toBe('recorded');
  expect(codeOf(await post(recorder, org, [undo()]))).toBe('already_reversed');
  expect((await balance()).posted).toBe(50);
});

test.each([
  [
    'what is held is not available',
    [placeHold(budget, { holdId: newId(), amount: 60, source: newId() })],
    41,
    'insufficient_balance',
    60,
  ],
  [
    'the rest is',
    [placeHold(budget, { holdId: newId(), amount: 60, source: newId() })],
    40,
    'recorded',
    60,
  ],
])('%s', async (_name, holds, amount, code, held) => {
  await funded(100);
  expect(codeOf(await post(recorder, org, [{ holds }]))).toBe('recorded');
  expect(codeOf(await post(recorder, org, [journal(spend(amount))]))).toBe(code);
  expect((await balance()).held).toBe(held);
});

test('a hold is captured in parts by the journals that move the money, then released', async () => {
  await funded(100);
  const holdId = newId();
  await post(recorder, org, [
    { holds: [placeHold(budget, { holdId, amount: 100, source: newId() })] },
  ]);
  const capture = (amount: number) =>
    post(recorder, org, [journal(spend(amount), { holds: [captureHold(budget, holdId, amount)] })]);
  expect(codeOf(await capture(30))).toBe('recorded');
  expect(codeOf(await capture(71))).toBe('hold_not_open');
  expect(codeOf(await capture(50))).toBe('recorded');
  expect(await balance()).toEqual({ posted: 20, held: 20, available: 0 });
  expect(codeOf(await post(recorder, org, [{ holds: [releaseHold(budget, holdId)] }]))).toBe(
    'recorded',
  );
  expect(codeOf(await post(recorder, org, [{ holds: [expireHold(budget, holdId)] }]))).toBe(
    'hold_not_open',
  );
  expect(await balance()).toEqual({ posted: 20, held: 0, available: 20 });
});

test('200 callers hold more than there is: exactly what is available is held', async () => {
  await funded(1000);
  const results = await Promise.all(
    Array.from({ length: 200 }, () =>
      post(recorder, org, [
        { holds: [placeHold(budget, { holdId: newId(), amount: 7, source: newId() })] },
      ]),
    ),
  );
  expect(results.filter(({ kind }) => kind === 'recorded').length).toBe(142);
  expect(await balance()).toEqual({ posted: 1000, held: 994, available: 6 });
});

test('captures and releases of one hold by many callers end it once', async () => {
  await funded(100);
  const holdId = newId();
  await post(recorder, org, [
    { holds: [placeHold(budget, { holdId, amount: 100, source: newId() })] },
  ]);
  const results = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      n % 2 === 0
        ? post(recorder, org, [journal(spend(100), { holds: [captureHold(budget, holdId, 100)] })])
        : post(recorder, org, [{ holds: [releaseHold(budget, holdId)] }]),
    ),
  );
  expect(results.filter(({ kind }) => kind === 'recorded').length).toBe(1);
  expect((await balance()).held).toBe(0);
});

test('a statement is read in pages, newest first', async () => {
  await funded(100);
  for (const amount of [1, 2, 3]) await post(recorder, org, [journal(spend(amount))]);
  const read = (before?: Parameters<typeof statementOf>[3]) =>
    db.read([org], (tx) => statementOf(tx, org, budget, before));
  const first = await read({ limit: 3 });
  expect(first.lines.map(({ amount }) => amount)).toEqual([3, 2, 1]);
  expect(
    (await read({ before: first.next ?? undefined, limit: 3 })).lines.map(({ amount }) => amount),
  ).toEqual([-100]);
});
