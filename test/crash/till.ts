import { setTimeout as sleep } from 'node:timers/promises';
import type { Shop } from './build-shops.ts';

/** An answer with status 201, as the product must keep it. */
export interface Acknowledged {
  readonly kind: 'sale' | 'refund' | 'void';
  readonly org: number;
  readonly key: string;
  readonly id: string;
  /** fen: what was due, or given back. */
  readonly amount: number;
  readonly gross: number;
}

interface Wish {
  readonly kind: Acknowledged['kind'];
  readonly shop: Shop;
  readonly path: string;
  readonly body: string;
}

interface Answer {
  readonly payment_id: string;
  readonly due: number;
  readonly gross: number;
  /** Of money back only. */
  readonly refund_id?: string;
  readonly amount?: number;
}

const PATIENCE_MS = 20_000;

/**
 * Customers at the tills: callers that sell, refund and void, remember every acknowledged answer, and ask
 * again under the same key until each attempt has its answer.
 */
export class Tills {
  readonly acknowledged: Acknowledged[] = [];
  /** Answers that are neither an acknowledgement nor a reason to ask again. */
  readonly unexpected: string[] = [];
  /** Attempts that got no answer and were made again. */
  retries = 0;
  readonly #url: string;
  readonly #shops: readonly Shop[];
  readonly #run = process.hrtime.bigint().toString(36);
  #attempts = 0;
  #closing = false;
  #callers: Promise<void>[] = [];
  #lastMs = 0;
  #gapMs = 0;

  constructor(url: string, shops: readonly Shop[]) {
    this.#url = url;
    this.#shops = shops;
  }

  open(callers: number): void {
    this.#lastMs = performance.now();
    this.#callers = Array.from({ length: callers }, () => this.#sell());
  }

  /** Lets every caller get its last answer. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#callers);
  }

  /** Starts to look for the longest time without an acknowledgement. */
  mark(): void {
    this.#gapMs = 0;
  }

  /** The longest time without an acknowledgement since `mark`, in ms. */
  get gapMs(): number {
    return this.#gapMs;
  }

  /** Waits until so many more were acknowledged. @throws Error if the product is not alive or takes a minute */
  async moreThan(count: number, alive: () => boolean, limitMs = 60_000): Promise<void> {
    const wanted = this.acknowledged.length + count;
    const end = performance.now() + limitMs;
    while (this.acknowledged.length < wanted) {
      if (!alive()) throw new Error('the server ended, though nobody killed it');
      if (performance.now() > end) throw new Error(`no answers for ${limitMs} ms`);
      await sleep(5);
    }
  }

  async #sell(): Promise<void> {
    const mine: { shop: Shop; payment: string }[] = [];
    while (!this.#closing) {
      const past = mine.length > 0 && Math.random() < 0.25 ? mine.shift() : undefined;
      const wish = past ? backOf(past) : saleIn(pick(this.#shops));
      const got = await this.#settle(wish);
      if (got?.kind === 'sale') mine.push({ shop: wish.shop, payment: got.id });
      if (mine.length > 50) mine.shift();
    }
  }

  async #settle(wish: Wish): Promise<Acknowledged | undefined> {
    const key = `${this.#run}-${this.#attempts++}`;
    for (;;) {
      const answer = await this.#send(wish, key);
      if (answer?.status === 201) {
        // Some answers are asked for again: the key must give the same one.
        const again = Math.random() < 0.05 ? await this.#send(wish, key) : undefined;
        if (again?.status === 201 && again.text !== answer.text)
          this.unexpected.push(`${key} was answered twice: ${answer.text} and ${again.text}`);
        return this.#keep(wish, key, answer.text);
      }
      if (answer && answer.status < 500) {
        this.unexpected.push(`${wish.path} ${key}: ${answer.status} ${answer.text}`);
        return undefined;
      }
      this.retries++;
      await sleep(20 + Math.random() * 40);
    }
  }

  #keep({ kind, shop }: Wish, key: string, text: string): Acknowledged {
    const body = JSON.parse(text) as Answer;
    const kept: Acknowledged = {
      kind,
      org: shop.org,
      key,
      id: body.refund_id ?? body.payment_id,
      amount: body.amount ?? body.due,
      gross: body.gross,
    };
    this.acknowledged.push(kept);
    const now = performance.now();
    this.#gapMs = Math.max(this.#gapMs, now - this.#lastMs);
    this.#lastMs = now;
    return kept;
  }

  async #send({ shop, path, body }: Wish, key: string) {
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method: 'POST',
        body,
        headers: {
          authorization: `Bearer ${shop.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return undefined;
    }
  }
}

function saleIn(shop: Shop): Wish {
  const lines = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => ({
    sku: pick(shop.skus),
    quantity: 2,
  }));
  const member = Math.random() < 0.8 ? { member: pick(shop.customers) } : {};
  const body = { store: shop.storeId, lines, ...member, tenders: [{ kind: 'cash' }] };
  return { kind: 'sale', shop, path: '/v1/payments', body: JSON.stringify(body) };
}

/** A void, a refund of half of the first line, or one of everything. */
function backOf({ shop, payment }: { shop: Shop; payment: string }): Wish {
  const dice = Math.random();
  if (dice < 0.2) {
    const path = `/v1/payments/${payment}/void`;
    return { kind: 'void', shop, path, body: JSON.stringify({ reason: 'crash' }) };
  }
  const lines = dice < 0.6 ? { lines: [{ line: 0, quantity: 1 }] } : {};
  const body = { payment, ...lines, reason: 'crash' };
  return { kind: 'refund', shop, path: '/v1/refunds', body: JSON.stringify(body) };
}

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}
