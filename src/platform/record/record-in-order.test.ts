import { expect, test } from 'vitest';
import { Refused } from '#kernel/refusal';
import type { Decided, Intent, Recorded } from './intent.ts';
import type { View } from './part.ts';
import type { Ready } from './ready.ts';
import type { Recorder } from './record.ts';
import { recordInOrder } from './record-in-order.ts';

/** Decides in arrival order, in batches of what arrived in one turn of the event loop, as the record does. */
function batching(): Recorder & { readonly decided: string[] } {
  const decided: string[] = [];
  let queue: { intent: Intent; resolve: (result: Recorded) => void }[] = [];
  const run = () => {
    const batch = queue;
    queue = [];
    for (const { intent, resolve } of batch) {
      const result = intent.decide({} as View);
      if (result.kind === 'accept') decided.push(result.answer);
      if (result.kind === 'accept')
        resolve({ kind: 'recorded', status: 201, answer: result.answer });
      else if (result.kind === 'refuse') resolve({ kind: 'refused', refusal: result.refusal });
      else resolve(result);
    }
  };
  return {
    decided,
    record: (intent) =>
      new Promise((resolve) => {
        if (queue.length === 0) setImmediate(run);
        queue.push({ intent, resolve });
      }),
    idle: async () => undefined,
    close: async () => undefined,
  };
}

const STALE: Decided = { kind: 'stale' };
const REFUSED = {
  kind: 'refuse' as const,
  refusal: { code: 'no', status: 409, detail: { zh: '', en: '' }, fix: { zh: '', en: '' } },
};
const done = (answer: string): Decided => ({ kind: 'accept', status: 201, answer, items: [] });

/** A write that is stale so often before it is accepted. */
function ready(answer: string, stale = 0, last = done(answer)): Ready {
  const intent = {
    org: 1,
    idempotency: { principal: 'key:1', key: answer, hash: Buffer.alloc(0) },
    needs: [],
    decide: () => (stale > 0 ? STALE : last),
  };
  return { intent, again: async () => ready(answer, stale - 1, last) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  // window   which writes are made from old data, and how often
  [1, {}],
  [4, { b: 1 }],
  [100, { a: 1, b: 2, e: 3, j: 1 }],
])(
  'with %i under way, writes are decided in order whatever was stale: %j',
  async (window, stale) => {
    const recorder = batching();
    const series = recordInOrder(recorder, window);
    const often: Record<string, number> = stale;
    for (const name of 'abcdefghij') {
      await series.room();
      void series.add(async () => {
        if (name === 'c') await turn();
        return ready(name, often[name]);
      });
    }
    await series.idle();
    expect(recorder.decided.join('')).toBe('abcdefghij');
  },
);

test('a write may wait for an earlier one that is stale at first', async () => {
  const recorder = batching();
  const series = recordInOrder(recorder, 100);
  const first = series.add(async () => ready('sale', 2));
  const between = series.add(async () => ready('other'));
  const refund = series.add(async () => {
    await first;
    return ready('refund');
  });
  await Promise.all([first, between, refund]);
  expect(recorder.decided).toEqual(['sale', 'other', 'refund']);
});

test('nothing is carried out behind a write that is refused or cannot be made', async () => {
  for (const bad of [
    async () => ready('bad', 0, REFUSED),
    async () => Promise.reject(new Refused({ ...REFUSED.refusal, code: 'no' })),
  ]) {
    const recorder = batching();
    const series = recordInOrder(recorder, 100);
    const good = series.add(async () => ready('good'));
    const rest = [bad, async () => ready('late')].map((prepare) => series.add(prepare));
    const results = await Promise.allSettled([good, ...rest]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(recorder.decided).toEqual(['good']);
    await expect(series.add(async () => ready('later'))).rejects.toThrow('no');
    await series.idle();
  }
});

test('work in between runs when all before it is recorded and nothing behind it is', async () => {
  const recorder = batching();
  const series = recordInOrder(recorder, 100);
  const seen: string[] = [];
  for (const name of 'abc') void series.add(async () => ready(name, name === 'b' ? 2 : 0));
  void series.addBetween(async () => {
    await turn();
    seen.push(recorder.decided.join(''));
  });
  for (const name of 'de') void series.add(async () => ready(name));
  await series.addBetween(async () => void seen.push(recorder.decided.join('')));
  await series.idle();
  expect(seen).toEqual(['abc', 'abcde']);
});
