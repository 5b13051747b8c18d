import { expect } from 'vitest';
import { couponsInvariants } from '#coupons';
import type { DefinitionInput } from '#offers';
import { HOUR, OPENING, type Shop, type Stage } from './stage.ts';

export const named = { zh: '券', en: 'Coupon' };

/** A coupon for each sale of 50 yuan and more. */
export const GIVES: DefinitionInput = {
  code: 'gives',
  name: named,
  schedule: { from: '2020-01-01' },
  benefits: [{ kind: 'coupon', template: 'NEXT', quantity: 1, spend: 5_000 }],
};

/** 10 yuan off with a coupon. */
export const TAKES: DefinitionInput = {
  code: 'takes',
  name: named,
  schedule: { from: '2020-01-01' },
  conditions: { type: 'coupon', templates: ['NEXT'] },
  benefits: [{ kind: 'discount', off: { by: 'amount', amount: 1_000 } }],
};

export interface Wanted {
  readonly phone?: string | undefined;
  readonly coupons?: readonly string[];
  readonly quantity?: number;
  readonly key?: string;
}

let phones = 13_900_000_000;

/** What tests of coupons do over and over. */
export function couponTill(stage: Stage) {
  /** A shop of its own with a template NEXT and the offers that give it and take it. */
  async function shopWith(
    code: string,
    template: object = {},
    offers: readonly DefinitionInput[] = [GIVES, TAKES],
  ): Promise<Shop> {
    const shop = await stage.shop(code);
    const body = {
      code: 'NEXT',
      name: named,
      validity: { type: 'rolling', days: 30 },
      ...template,
    };
    const made = await stage.send(shop.token, 'POST', '/v1/coupon-templates', body);
    expect(made.statusCode, made.body).toBe(201);
    for (const offer of offers) await stage.offer(shop.org, offer);
    return shop;
  }

  async function sell(shop: Shop, { phone, quantity = 1, key, ...rest }: Wanted = {}) {
    const body = {
      store: shop.storeId,
      lines: [{ sku: 'TEA-100', quantity }],
      ...(phone && { member: { phone } }),
      ...rest,
      tenders: [{ kind: 'cash' }],
    };
    const headers = key ? { 'idempotency-key': key } : {};
    const reply = await stage.send(shop.token, 'POST', '/v1/payments', body, headers);
    return { status: reply.statusCode, body: reply.json(), headers: reply.headers };
  }

  async function quote(shop: Shop, { phone, quantity = 1, ...rest }: Wanted = {}) {
    const body = {
      store: shop.storeId,
      lines: [{ sku: 'TEA-100', quantity }],
      ...(phone && { member: { phone } }),
      ...rest,
    };
    const reply = await stage.send(shop.token, 'POST', '/v1/quotes', body);
    return { status: reply.statusCode, body: reply.json() };
  }

  async function joined(shop: Shop): Promise<string> {
    const phone = String(++phones);
    await stage.member(shop, phone);
    return phone;
  }

  const nextDay = (shop: Shop, days = 1) =>
    stage.clock(shop.org, new Date(OPENING.getTime() + days * 24 * HOUR));

  async function coupon(shop: Shop, reference: string) {
    return (await stage.send(shop.token, 'GET', `/v1/coupons/${reference}`)).json();
  }

  async function give(shop: Shop, member: string | null, quantity = 1): Promise<string[]> {
    const body = { template: 'NEXT', quantity, ...(member && { member_id: member }) };
    const reply = await stage.send(shop.token, 'POST', '/v1/coupons', body);
    expect(reply.statusCode, reply.body).toBe(201);
    return reply.json().coupons.map(({ code }: { code: string }) => code);
  }

  async function breaches(...orgs: number[]): Promise<Record<string, unknown>> {
    const found = await stage.breaches(orgs);
    await stage.db.read(orgs, async (tx) => {
      for (const { id, breaches: of } of couponsInvariants) {
        const rows = await of(tx, orgs);
        if (rows.length > 0) found[id] = rows;
      }
    });
    return found;
  }

  return { shopWith, sell, quote, joined, nextDay, coupon, give, breaches };
}
