import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { openDatabase } from '#platform/db/transact';
import { item, need } from '#platform/record/part';
import { openRecorder, type Recorder } from '#platform/record/record';
import { asOwner } from '../../test/database.ts';
import { OPENING, type Shop, Stage } from '../../test/stage.ts';
import {
  couponsInvariants,
  couponsPart,
  type CouponsState,
  createTemplate,
  giveBack,
  issueCoupons,
  type Moved,
  type NewIssue,
  subjectsOf,
  takeBackGranted,
  useCoupon,
} from './index.ts';

const DAY = '2026-11-21';
let stage: Stage;
let shop: Shop;
let made = 0;

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting');
});
afterAll(() => stage?.close());

/** Coupons of a template of their own, limited in all and per member. */
async function given(place: Shop, quantity: number) {
  const { org } = place;
  const ctx = stage.system(org);
  const wanted = {
    code: `P${++made}`,
    name: { zh: '券', en: 'Coupon' },
    validity: { type: 'rolling', days: 30 },
    usableFrom: 'at_once',
    quantity: 100,
    perMember: 10,
  } as const;
  await stage.db.transact([org], (tx) => createTemplate(tx, ctx, wanted));
  const memberId = await stage.member(place, String(13_800_000_000 + made));
  return issueCoupons(stage.app.coupons, ctx, { template: wanted.code, memberId, quantity });
}

/** A payment of `seller` that uses a coupon of `owner` if it is there still: the payment's id, or null. */
async function use(owner: number, coupon: string, seller = owner, recorder = stage.app.recorder) {
  const payment = newId();
  const result = await recorder.record({
    org: seller,
    others: [owner],
    idempotency: { principal: 'system:test', key: payment, hash: Buffer.alloc(32) },
    needs: [need(couponsPart, owner, { coupon })],
    decide(view) {
      const locked = view.of(couponsPart).coupon(owner, coupon);
      const free = locked?.state === 'available';
      const moves = free ? [useCoupon(locked, seller, payment)] : [];
      const moved = { moves, source: { org: seller, id: payment }, at: OPENING, actor: 'test' };
      return {
        kind: 'accept',
        status: 201,
        answer: String(free),
        items: free
          ? [item(couponsPart, owner, { kind: 'move', moved: { ...moved, freed: [] } })]
          : [],
      };
    },
  });
  if (result.kind !== 'recorded') throw new Error(result.kind);
  return result.answer === 'true' ? payment : null;
}

/** Gives a used coupon back, or takes back what `source` granted. */
async function back(org: number, what: { readonly coupon: string } | NewIssue) {
  const refund = newId();
  const freed =
    'source' in what
      ? subjectsOf(what.template, what.memberId).map((subject) => ({
          template: what.template.id,
          subject,
          count: what.coupons.length,
        }))
      : [];
  const wants = freed.map(({ template, subject }) => ({ template, subject }));
  const lock = 'source' in what ? { source: what.source } : what;
  const result = await stage.app.recorder.record({
    org,
    idempotency: { principal: 'system:test', key: refund, hash: Buffer.alloc(32) },
    needs: [lock, ...wants].map((want) => need(couponsPart, org, want)),
    decide(view) {
      const state = view.of(couponsPart);
      const source = { org, id: refund };
      const moves = movesBack(state, org, what);
      const moved = { moves, source, at: OPENING, actor: 'test', freed };
      const items = [item(couponsPart, org, { kind: 'move' as const, moved })];
      return { kind: 'accept', status: 201, answer: '{}', items };
    },
  });
  expect(result.kind).toBe('recorded');
}

function movesBack(
  state: CouponsState,
  org: number,
  what: { readonly coupon: string } | NewIssue,
): Moved[] {
  if ('coupon' in what) return [giveBack(state.coupon(org, what.coupon)!, 'restore', DAY).move];
  const { reversed, kept } = takeBackGranted(state.granted(org, what.source, 0), 10);
  return [...reversed, ...kept];
}

async function breached(orgs: readonly number[]): Promise<string[]> {
  return stage.db.read(orgs, async (tx) => {
    const found: string[] = [];
    for (const { id, says, breaches } of couponsInvariants) {
      expect(says.zh).toMatch(/\p{Script=Han}/u);
      if ((await breaches(tx, orgs)).length > 0) found.push(id);
    }
    return found;
  });
}

test('a coupon is used once, also by tills of two processes and of two merchants', async () => {
  const other = await stage.shop('corner');
  const { coupons } = await given(shop, 10);
  const far = openDatabase(stage.db.url);
  const second = openRecorder(far);
  const recorders: Recorder[] = [stage.app.recorder, second];
  for (const { id } of coupons) {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        use(shop.org, id, at % 3 === 0 ? other.org : shop.org, recorders[at % 2]),
      ),
    );
    expect(all.filter((payment) => payment !== null)).toHaveLength(1);
  }
  await second.close();
  await far.close();
  expect(await breached([shop.org, other.org])).toEqual([]);
});

test('what waits behind a lost race in the same batch sees the coupon come back', async () => {
  const { coupons } = await given(shop, 1);
  const { id } = coupons[0]!;
  const all = await Promise.all([
    use(shop.org, id),
    back(shop.org, { coupon: id }),
    use(shop.org, id),
  ]);
  expect(all[0]).not.toBeNull();
  expect(all[2]).not.toBeNull();
  expect(await breached([shop.org])).toEqual([]);
});

/** A shop whose first coupon was used, given back and used again; of a second issue all was taken back. */
async function traded(): Promise<number> {
  const place = await stage.shop(`shop${++made}`);
  const { org } = place;
  const first = await given(place, 3);
  const { id } = first.coupons[0]!;
  await use(org, id);
  await back(org, { coupon: id });
  await use(org, id);
  const second = await given(place, 1);
  await back(org, second);
  return org;
}

const FIRST = `coupon_id = (select min(coupon_id::text)::uuid from coupons.coupon where org_id = $1)`;

test.each([
  [
    'coupons.states',
    `delete from coupons.move where org_id = $1`,
    `delete from coupons.coupon where org_id = $1 and ${FIRST}`,
  ],
  ['coupons.issues', `update coupons.issue set quantity = 2 where org_id = $1 and quantity = 3`],
  ['coupons.issues', `update coupons.coupon set member_id = null where org_id = $1 and ${FIRST}`],
  [
    'coupons.moves',
    `update coupons.coupon set state = 'expired' where org_id = $1 and state = 'available'`,
  ],
  ['coupons.moves', `update coupons.coupon set moves = moves + 1 where org_id = $1 and ${FIRST}`],
  [
    'coupons.moves',
    `update coupons.coupon set revoked = true where org_id = $1 and state = 'used'`,
  ],
  [
    'coupons.uses',
    `update coupons.coupon set used_payment = gen_random_uuid() where org_id = $1 and state = 'used'`,
  ],
  ['coupons.uses', `update coupons.move set kind = 'used' where org_id = $1 and kind = 'restored'`],
  ['coupons.limits', `update coupons.tally set count = count + 1 where org_id = $1`],
  ['coupons.limits', `update coupons.template set quantity = 2 where org_id = $1`],
  ['coupons.limits', `update coupons.template set per_member = 2 where org_id = $1`],
])('%s finds: %s', async (id, ...sql) => {
  const org = await traded();
  expect(await breached([org])).toEqual([]);
  for (const each of sql) await asOwner(stage.db.url, each, [org]);
  expect(await breached([org])).toContain(id);
});
