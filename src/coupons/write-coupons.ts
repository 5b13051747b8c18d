import { bools, days, int2s, int4s, int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import { type Coupon, subjectsOf } from './coupon.ts';
import type { CouponsItem, CouponsState, NewIssue, NewMoves } from './coupons-state.ts';

/** Writes what a batch issues and moves. Issues its statements before its first await. */
export async function writeCoupons(
  tx: Tx,
  items: readonly Scoped<CouponsItem>[],
  state: CouponsState,
): Promise<void> {
  const issues = items.flatMap(({ org, value }) =>
    value.kind === 'issue' ? [{ org, value: value.issue }] : [],
  );
  const moved = items.flatMap(({ org, value }) =>
    value.kind === 'move' ? [{ org, value: value.moved }] : [],
  );
  await Promise.all([
    writeIssues(tx, issues),
    writeNew(tx, issues),
    writeMoves(tx, moved, state),
    writeCounts(tx, issues, moved),
  ]);
}

async function writeIssues(tx: Tx, issues: readonly Scoped<NewIssue>[]): Promise<void> {
  if (issues.length === 0) return;
  const rows = issues.map(({ value }) => value);
  await tx.join(
    'coupons_issue',
    `insert into coupons.issue (org_id, source, source_no, kind, seller_org, template_id, member_id, quantity, valid_from, valid_to,
                                issued_at, actor)
     select u.o, u.s, u.n, u.k, u.w, u.t, u.m, u.q, u.f::date, u.l::date, u.a, u.y
       from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::text[], $5::bigint[], $6::uuid[], $7::uuid[], $8::int[],
                   $9::text[], $10::text[], $11::timestamptz[], $12::text[]) u(o, s, n, k, w, t, m, q, f, l, a, y)`,
    [
      int8s(issues.map(({ org }) => org)),
      uuids(rows.map((row) => row.source)),
      int2s(rows.map((row) => row.sourceNo)),
      texts(rows.map((row) => row.kind)),
      int8s(rows.map((row) => row.sellerOrg)),
      uuids(rows.map((row) => row.template.id)),
      uuids(rows.map((row) => row.memberId)),
      int4s(rows.map((row) => row.coupons.length)),
      days(rows.map((row) => row.span.from)),
      days(rows.map((row) => row.span.to)),
      timestamps(rows.map((row) => row.issuedAt)),
      texts(rows.map((row) => row.actor)),
    ],
    rows.length,
  );
}

async function writeNew(tx: Tx, issues: readonly Scoped<NewIssue>[]): Promise<void> {
  const rows = issues.flatMap(({ org, value }) =>
    value.coupons.map((coupon) => ({ org, ...value, ...coupon })),
  );
  if (rows.length === 0) return;
  await tx.join(
    'coupons_new',
    `insert into coupons.coupon (org_id, coupon_id, code, template_id, source, source_no, member_id, state, valid_from, valid_to)
     select u.o, u.i, u.c, u.t, u.s, u.n, u.m, 'available', u.f::date, u.l::date
       from unnest($1::bigint[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::smallint[], $7::uuid[], $8::text[], $9::text[])
         u(o, i, c, t, s, n, m, f, l)`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map((row) => row.id)),
      texts(rows.map((row) => row.code)),
      uuids(rows.map((row) => row.template.id)),
      uuids(rows.map((row) => row.source)),
      int2s(rows.map((row) => row.sourceNo)),
      uuids(rows.map((row) => row.memberId)),
      days(rows.map((row) => row.span.from)),
      days(rows.map((row) => row.span.to)),
    ],
    rows.length,
  );
}

/** Every move, and each coupon as it stands after the whole batch. */
async function writeMoves(
  tx: Tx,
  moved: readonly Scoped<NewMoves>[],
  state: CouponsState,
): Promise<void> {
  const touched = new Map<
    string,
    { readonly coupon: Coupon; readonly was: number; seen: number }
  >();
  const rows = moved.flatMap(({ org, value: { moves, source, at, actor } }) =>
    moves.map(({ couponId, kind }) => {
      const key = `${org}/${couponId}`;
      let one = touched.get(key);
      if (!one) {
        const was = state.movesBefore(org, couponId);
        one = { coupon: state.coupon(org, couponId) as Coupon, was, seen: was };
        touched.set(key, one);
      }
      return { org, couponId, no: ++one.seen, kind, source, at, actor };
    }),
  );
  if (rows.length === 0) return;
  await Promise.all([
    tx.join(
      'coupons_moves',
      `insert into coupons.move (org_id, coupon_id, move_no, kind, source_org, source, moved_at, actor)
       select * from unnest($1::bigint[], $2::uuid[], $3::int[], $4::text[], $5::bigint[], $6::uuid[], $7::timestamptz[], $8::text[])`,
      [
        int8s(rows.map(({ org }) => org)),
        uuids(rows.map((row) => row.couponId)),
        int4s(rows.map((row) => row.no)),
        texts(rows.map((row) => row.kind)),
        int8s(rows.map((row) => row.source?.org ?? null)),
        uuids(rows.map((row) => row.source?.id ?? null)),
        timestamps(rows.map((row) => row.at)),
        texts(rows.map((row) => row.actor)),
      ],
      rows.length,
    ),
    changeCoupons(tx, [...touched.values()]),
  ]);
}

async function changeCoupons(
  tx: Tx,
  rows: readonly { readonly coupon: Coupon; readonly was: number }[],
): Promise<void> {
  const coupons = rows.map(({ coupon }) => coupon);
  await tx.join(
    'coupons_change',
    `update coupons.coupon c set state = u.s, valid_from = u.f::date, valid_to = u.l::date, revoked = u.r, used_org = u.w,
            used_payment = u.p, moves = u.m
       from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bool[], $7::bigint[], $8::uuid[],
                   $9::int[], $10::int[]) u(o, i, s, f, l, r, w, p, m, was)
      where c.org_id = u.o and c.coupon_id = u.i and c.moves = u.was`,
    [
      int8s(coupons.map(({ org }) => org)),
      uuids(coupons.map(({ id }) => id)),
      texts(coupons.map(({ state }) => state)),
      days(coupons.map(({ from }) => from)),
      days(coupons.map(({ to }) => to)),
      bools(coupons.map(({ revoked }) => revoked)),
      int8s(coupons.map(({ used }) => used?.org ?? null)),
      uuids(coupons.map(({ used }) => used?.payment ?? null)),
      int4s(coupons.map(({ moves }) => moves)),
      int4s(rows.map(({ was }) => was)),
    ],
    rows.length,
  );
}

interface Count {
  readonly org: number;
  readonly template: string;
  readonly subject: string;
  count: number;
}

async function writeCounts(
  tx: Tx,
  issues: readonly Scoped<NewIssue>[],
  moved: readonly Scoped<NewMoves>[],
): Promise<void> {
  const sums = new Map<string, Count>();
  const add = (org: number, template: string, subject: string, count: number) => {
    const key = `${org}/${template}/${subject}`;
    const sum = sums.get(key);
    if (sum) sum.count += count;
    else sums.set(key, { org, template, subject, count });
  };
  for (const { org, value } of issues) {
    for (const subject of subjectsOf(value.template, value.memberId))
      add(org, value.template.id, subject, value.coupons.length);
  }
  for (const { org, value } of moved) {
    for (const { template, subject, count } of value.freed) add(org, template, subject, -count);
  }
  const rows = [...sums.values()];
  if (rows.length === 0) return;
  await tx.join(
    'coupons_counts',
    `update coupons.tally y set count = y.count + u.n
       from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::bigint[]) u(o, t, s, n)
      where y.org_id = u.o and y.template_id = u.t and y.subject = u.s`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map(({ template }) => template)),
      uuids(rows.map(({ subject }) => subject)),
      int8s(rows.map(({ count }) => count)),
    ],
    rows.length,
  );
}
