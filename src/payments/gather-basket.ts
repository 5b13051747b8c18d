import { may } from '#access';
import { dayKind } from '#kernel/business-day';
import { type LocalTime, localTime } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { orgSuspended, storeClosed, storeUnknown } from '#merchants';
import {
  budgetsOf,
  countersOf,
  type HistoryAsked,
  historyOf,
  type LiveSet,
  type SaleFacts,
} from '#offers';
import type { Ctx } from '#platform/context';
import type { Snapshot } from '#platform/snapshot';
import { demandImport } from './demand-import.ts';
import {
  type BasketCoupons,
  concernsCoupons,
  couponFacts,
  gatherCoupons,
} from './gather-coupons.ts';
import { type BasketLine, priceBasket, type PricedLine } from './price-basket.ts';
import type { Tender } from './payment.ts';
import { storeNotAllowed } from './refusals.ts';
import { tenderFacts } from './tender-of.ts';
import type { MemberAsked, MemberAtTill, Till } from './till.ts';

/** What a quote and a sale ask alike. */
export interface BasketInput {
  /** Store id or code. */
  readonly store: string;
  /** Which terminal of the store, by its own name. */
  readonly terminal?: string | undefined;
  readonly terminal_kind?: SaleFacts['terminalKind'] | undefined;
  /** The buyer's, where a channel tells it. */
  readonly device?: string | undefined;
  readonly lines: readonly BasketLine[];
  readonly member?: MemberAsked | undefined;
  readonly tenders: readonly Tender[];
  /** Codes entered, in any letter case. */
  readonly codes?: readonly string[] | undefined;
  /** Codes or ids of coupons presented. */
  readonly coupons?: readonly string[] | undefined;
  readonly override_reason?: string | undefined;
  /** Imports only. */
  readonly occurred_at?: Date | undefined;
}

/** A basket with all that is known of it before usage and budgets are locked. */
export interface Basket {
  readonly storeId: string;
  readonly occurredAt: Date;
  readonly local: LocalTime;
  /** The org's zone. */
  readonly zone: string;
  readonly lines: readonly PricedLine[];
  readonly member: MemberAtTill | null;
  readonly live: LiveSet;
  readonly facts: SaleFacts;
  /** Null where no offer has to do with coupons. */
  readonly coupons: BasketCoupons | null;
  readonly counters: readonly string[];
  readonly budgets: readonly string[];
  /** What offers may ask of the buyer's sales before. */
  readonly history: readonly HistoryAsked[];
  /** What it was made from; outdated ones make the sale be made again. */
  readonly snapshots: readonly Snapshot<unknown>[];
}

/**
 * Gathers a basket's facts from the rooms below: the store, catalogue prices, the member, the live offers.
 * @throws Refused for an unknown or closed store, lines that cannot be sold, or a price that may not be.
 */
export async function gatherBasket(
  till: Till,
  ctx: Ctx,
  input: BasketInput,
  channel: SaleFacts['channel'],
): Promise<Basket> {
  const { principal, org } = ctx;
  demandImport(ctx, input);
  const orgs = await till.orgs.get(org);
  must(orgs.value.org.status === 'active', () => orgSuspended(orgs.value.org.code));
  const store = orgs.value.stores.get(input.store) ?? orgs.value.storeByCode.get(input.store);
  must(store, () => storeUnknown(input.store));
  must(store.status === 'active', () => storeClosed(store.code));
  must(principal.stores === 'all' || principal.stores.has(store.id), storeNotAllowed);
  const [catalogue, live, member] = await Promise.all([
    till.prices.get(
      org,
      input.lines.map(({ sku }) => sku),
    ),
    till.offers.get(org),
    input.member ? till.findMember(ctx, store.id, input.member) : null,
  ]);
  const pricing = { mayOverride: may(ctx, 'price.override'), reason: input.override_reason };
  const lines = priceBasket(catalogue.products, input.lines, pricing);
  if ('code' in lines) throw new Refused(lines);
  const occurredAt = input.occurred_at ?? ctx.now;
  const local = localTime(occurredAt, orgs.value.org.zone);
  const asked = {
    seller: org,
    live,
    memberId: member?.memberId ?? null,
    day: local.day,
    presented: input.coupons ?? [],
  };
  const coupons = concernsCoupons(asked) ? await gatherCoupons(till.coupons, asked) : null;
  const facts: SaleFacts = {
    store: store.id,
    terminal: input.terminal ?? null,
    terminalKind: input.terminal_kind ?? null,
    device: input.device ?? null,
    mcc: orgs.value.org.mcc,
    channel,
    ...local,
    dayKind: dayKind(local.day),
    lines,
    member: member && factsOfMember(member),
    tenders: input.tenders.map(tenderFacts),
    codes: codesOf(input),
    coupons: coupons ? couponFacts(org, coupons.usable) : [],
  };
  return {
    storeId: store.id,
    occurredAt,
    local,
    zone: orgs.value.org.zone,
    lines,
    member,
    live,
    facts,
    coupons,
    counters: countersOf(facts, live.set),
    budgets: budgetsOf(facts, live.set),
    history: historyOf(facts, live.set),
    snapshots: [orgs, catalogue.snapshot, ...live.snapshots, ...(coupons?.snapshots ?? [])],
  };
}

/** In upper case, each once, as offers compare them. */
function codesOf({ codes = [] }: BasketInput): readonly string[] {
  return [...new Set(codes.map((code) => code.toUpperCase()))];
}

function factsOfMember(member: MemberAtTill): SaleFacts['member'] {
  return {
    id: member.memberId,
    programme: member.programmeId,
    tier: member.tier,
    labels: member.labels,
    joined: member.joinedDay,
    birthday: member.birthday,
  };
}
