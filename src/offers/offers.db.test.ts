import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refused } from '#kernel/refusal';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';
import {
  createOffer,
  editDraft,
  endOffer,
  getOffer,
  listOffers,
  listVersions,
  type Offer,
  type OffersRoom,
  pauseOffer,
  publishOffer,
  resumeOffer,
} from './index.ts';
import { as, BOOKS, BRAND, bySpring, principal, roomOver, TEA, written } from './stage.fixture.ts';

let db: FreshDatabase;
let room: OffersRoom;

beforeAll(async () => {
  db = await freshDatabase();
  room = roomOver(db);
});
afterAll(() => db?.drop());

const tea = as(TEA);
const percent = (rate: number) => ({
  benefits: [{ kind: 'discount' as const, off: { by: 'percent' as const, rate } }],
});

async function published(code: string): Promise<Offer> {
  const { id } = await createOffer(room, tea, written(code));
  return publishOffer(room, tea, id);
}

test('an offer lives from draft to end, and every version stays', async () => {
  const draft = await createOffer(room, tea, written('LIFE'));
  expect(draft).toMatchObject({ status: 'draft', liveVersion: null, draft: { code: 'LIFE' } });
  const first = await publishOffer(room, tea, draft.id);
  expect(first).toMatchObject({ status: 'live', liveVersion: 1, draft: null });
  const edited = await editDraft(room, tea, draft.id, written('LIFE', percent(100_000)));
  expect(edited).toMatchObject({ status: 'live', liveVersion: 1, revision: 2 });
  expect(await pauseOffer(db, tea, draft.id)).toMatchObject({ status: 'paused', liveVersion: 1 });
  expect(await resumeOffer(room, tea, draft.id)).toMatchObject({ status: 'live', liveVersion: 1 });
  expect(await publishOffer(room, tea, draft.id)).toMatchObject({ status: 'live', liveVersion: 2 });
  expect(await endOffer(db, tea, draft.id)).toMatchObject({ status: 'ended', liveVersion: 2 });
  const { versions } = await getOffer(db, tea, draft.id);
  expect(
    versions.map(({ version, definition, publishedBy }) => [
      version,
      definition.benefits[0],
      publishedBy,
    ]),
  ).toEqual([
    [2, expect.objectContaining(percent(100_000).benefits[0]), 'staff:wang'],
    [1, expect.objectContaining(percent(50_000).benefits[0]), 'staff:wang'],
  ]);
  expect(await listVersions(db, tea, draft.id, { before: 2, limit: 9 })).toHaveLength(1);
});

test('a paused offer goes on with what is published', async () => {
  const { id } = await published('PAUSED');
  await pauseOffer(db, tea, id);
  await editDraft(room, tea, id, written('PAUSED', percent(1)));
  expect(await publishOffer(room, tea, id)).toMatchObject({ status: 'live', liveVersion: 2 });
});

test.each(['pauseOffer', 'resumeOffer', 'endOffer'] as const)('%s twice is once', async (verb) => {
  const { id } = await published(`TWICE-${verb}`);
  const change = {
    pauseOffer: () => pauseOffer(db, tea, id),
    resumeOffer: () => resumeOffer(room, tea, id),
    endOffer: () => endOffer(db, tea, id),
  }[verb];
  const once = await change();
  const before = await audited(id);
  expect(await change()).toEqual(once);
  expect(await audited(id)).toEqual(before);
});

function audited(id: string): Promise<{ verb: string }[]> {
  return asOwner(
    db.url,
    'select verb, principal, before, after from platform.audit where subject = $1 order by audit_id',
    [`offer:${id}`],
  );
}

test('every write is audited with what was and what is', async () => {
  const { id } = await published('AUDIT');
  await editDraft(room, tea, id, written('AUDIT', percent(7)));
  await pauseOffer(db, tea, id);
  await resumeOffer(room, tea, id);
  await endOffer(db, tea, id);
  const rows = await audited(id);
  expect(rows.map(({ verb }) => verb)).toEqual([
    'offers.create-offer',
    'offers.publish-offer',
    'offers.edit-draft',
    'offers.pause-offer',
    'offers.resume-offer',
    'offers.end-offer',
  ]);
  expect(rows[3]).toMatchObject({
    principal: 'staff:wang',
    before: { status: 'live' },
    after: { status: 'paused' },
  });
});

test('of 8 concurrent creates with one code one succeeds, of 8 concurrent publications too', async () => {
  const made = await Promise.allSettled(
    Array.from({ length: 8 }, () => createOffer(room, tea, written('RUSH'))),
  );
  const [offer] = made.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  expect(made.filter(({ status }) => status === 'rejected')).toHaveLength(7);
  const out = await Promise.allSettled(
    Array.from({ length: 8 }, () => publishOffer(room, tea, offer!.id)),
  );
  expect(out.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await getOffer(db, tea, offer!.id)).versions).toHaveLength(1);
});

test('two orgs may use one code', async () => {
  await createOffer(room, tea, written('SHARED'));
  await createOffer(room, as(BOOKS), written('SHARED'));
});

const bound = as(TEA, principal(TEA, { stores: new Set(['s']) }));

test.each<[string, string, () => Promise<unknown>]>([
  // what is asked                refusal                how
  [
    'a code twice',
    'offer_code_taken',
    async () => [
      await createOffer(room, tea, written('DUP')),
      await createOffer(room, tea, written('DUP')),
    ],
  ],
  [
    'another code',
    'offer_code_fixed',
    async () => editDraft(room, tea, (await published('FIX')).id, written('FIXED')),
  ],
  [
    'nothing to publish',
    'offer_without_draft',
    async () => publishOffer(room, tea, (await published('NONE')).id),
  ],
  [
    'to pause a draft',
    'offer_unpublished',
    async () => pauseOffer(db, tea, (await createOffer(room, tea, written('P1'))).id),
  ],
  [
    'to resume a draft',
    'offer_unpublished',
    async () => resumeOffer(room, tea, (await createOffer(room, tea, written('P2'))).id),
  ],
  [
    'to resume what ended',
    'offer_ended',
    async () => resumeOffer(room, tea, (await ended('E1')).id),
  ],
  ['to pause what ended', 'offer_ended', async () => pauseOffer(db, tea, (await ended('E2')).id)],
  [
    'to publish what ended',
    'offer_ended',
    async () => publishOffer(room, tea, (await ended('E3')).id),
  ],
  [
    'to edit what ended',
    'offer_ended',
    async () => editDraft(room, tea, (await ended('E4')).id, written('E4')),
  ],
  [
    'no such offer',
    'offer_unknown',
    () => publishOffer(room, tea, '0198c0de-0000-7000-8000-000000000001'),
  ],
  [
    'to see another org’s',
    'offer_unknown',
    async () => getOffer(db, as(BOOKS), (await published('X1')).id),
  ],
  [
    'to publish another org’s',
    'offer_unknown',
    async () => publishOffer(room, as(BOOKS), (await createOffer(room, tea, written('X2'))).id),
  ],
  [
    'to pause another org’s',
    'offer_unknown',
    async () => pauseOffer(db, as(BOOKS), (await published('X3')).id),
  ],
  [
    'a draft by who has some stores',
    'offers_of_all_stores',
    () => createOffer(room, bound, written('S1')),
  ],
  [
    'a pause by who has some stores',
    'offers_of_all_stores',
    async () => pauseOffer(db, bound, (await published('S2')).id),
  ],
])('%s is refused: %s', async (_, code, how) => {
  const error = await how().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refused);
  const { refusal } = error as Refused;
  expect(refusal.code).toBe(code);
  expect(refusal.detail.zh).toMatch(/\p{Script=Han}/u);
  expect(refusal.fix.en).not.toBe('');
});

async function ended(code: string): Promise<Offer> {
  return endOffer(db, tea, (await published(code)).id);
}

test('a list goes by code, filters by status and shows its own org alone', async () => {
  await createOffer(room, as(BRAND), written(`A-${BRAND}`, { funding: [...bySpring] }));
  const all = await listOffers(db, tea, { limit: 500 });
  const codes = all.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.filter((code) => code.endsWith(`-${BRAND}`))).toEqual([]);
  const next = await listOffers(db, tea, { limit: 500, after: codes[2] });
  expect(next.map(({ code }) => code)).toEqual(codes.slice(3));
  const paused = await listOffers(db, tea, { limit: 500, status: 'paused' });
  expect(paused.map(({ code }) => code)).toEqual(
    all.filter(({ status }) => status === 'paused').map(({ code }) => code),
  );
  const [drafted] = await listOffers(db, as(BOOKS), { limit: 5 });
  expect(drafted).toMatchObject({ code: 'SHARED', name: { en: 'Offer SHARED' }, published: null });
});
