import { randomBytes } from 'node:crypto';
import type { InjectOptions, Response } from 'light-my-request';
import { createApiKey, KEY_PERMISSIONS, PERMISSIONS } from '#access';
import { putProducts, type WantedProduct } from '#catalog';
import { newId } from '#kernel/ids';
import { fen } from '#kernel/money';
import type { Text } from '#kernel/refusal';
import {
  account,
  type AccountCode,
  balanceOf,
  fundBudget,
  gathered,
  ledgerPart,
  type LotUse,
} from '#ledger';
import { createProgramme, enrolStore, joinMember, type Programme } from '#members';
import { createOrg, createStore, type OrgKind, suspendOrg } from '#merchants';
import { createOffer, type DefinitionInput, publishOffer } from '#offers';
import { openBudget } from '#partners';
import { paymentsInvariants } from '#payments';
import type { Ctx } from '#platform/context';
import { openDatabase } from '#platform/db/transact';
import { item, need } from '#platform/record/part';
import { silentLog } from '#platform/log';
import type { Server } from '#platform/http/server';
import { openVault } from '#platform/vault/field';
import { type App, openApp } from '../src/app.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';

/** Saturday 2026-11-21, ten in the morning in Shanghai. */
export const OPENING = new Date('2026-11-21T02:00:00Z');
export const HOUR = 3_600_000;

export const GOODS: readonly WantedProduct[] = [
  {
    sku: 'TEA-100',
    name: { zh: '龙井 100 克', en: 'Longjing 100 g' },
    category: 'tea',
    brand: 'leaf',
    price: 5_000,
  },
  {
    sku: 'CUP-1',
    name: { zh: '白瓷杯', en: 'White cup' },
    category: 'ware',
    brand: 'clay',
    price: 3_000,
  },
  {
    sku: 'CAKE-1',
    name: { zh: '桂花糕', en: 'Osmanthus cake' },
    category: 'food',
    brand: null,
    price: 1_250,
  },
  {
    sku: 'ODD-1',
    name: { zh: '散茶', en: 'Loose leaf' },
    category: 'tea',
    brand: null,
    price: 333,
  },
];

/** One point per yuan until the end of next year. */
export const POINTS: DefinitionInput = {
  code: 'points',
  name: { zh: '每元一分', en: 'A point per yuan' },
  schedule: { from: '2020-01-01' },
  benefits: [
    {
      kind: 'points',
      earn: { by: 'per_yuan', rate: 1_000_000 },
      expiry: { type: 'end_of_year', years: 1 },
    },
  ],
};

/** 5 % back, paid by the merchant. */
export const CASHBACK: DefinitionInput = {
  code: 'cashback',
  name: { zh: '返现百分之五', en: '5 % back' },
  schedule: { from: '2020-01-01' },
  benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 50_000 } }],
};

/** 10 yuan off above 100. */
export const THRESHOLD: DefinitionInput = {
  code: 'threshold',
  name: { zh: '满 100 减 10', en: '10 off above 100' },
  schedule: { from: '2020-01-01' },
  benefits: [{ kind: 'discount', off: { by: 'amount', amount: 1_000 }, spend: 10_000 }],
};

/** A place of sale with its org, its programme and a key that may do everything. */
export interface Shop {
  readonly org: number;
  readonly storeId: string;
  readonly programme: Programme;
  readonly token: string;
}

export interface Another {
  readonly app: App;
  send(token: string, method: string, url: string, payload?: object): Promise<Response>;
  close(): Promise<void>;
}

/**
 * The whole product over a database of its own, without a network: requests go into the server as they
 * would from a socket. Merchants, programmes, offers, members and budgets are made through the verbs.
 */
export class Stage {
  readonly db: FreshDatabase;
  readonly app: App;
  readonly server: Server;
  #sent = 0;

  private constructor(db: FreshDatabase, app: App, server: Server) {
    this.db = db;
    this.app = app;
    this.server = server;
  }

  /** With an operator, which is org 1, and all clocks at OPENING. */
  static async open(): Promise<Stage> {
    const db = await freshDatabase();
    const app = await openApp({
      db,
      vault: openVault(randomBytes(32)),
      log: silentLog(),
      checkReplies: true,
    });
    const stage = new Stage(db, app, await app.server('0'));
    await stage.org('operator', 'operator');
    return stage;
  }

  async close(): Promise<void> {
    await this.server.app.close();
    await this.app.close();
    await this.db.drop();
  }

  /** A second process over the same database. It has a vault of its own: name members by id. */
  async another(): Promise<Another> {
    const db = openDatabase(this.db.url);
    const app = await openApp({ db, vault: openVault(randomBytes(32)), log: silentLog() });
    const server = await app.server('0');
    return {
      app,
      send: (token, method, url, payload) => this.#ask(server, token, method, url, payload, {}),
      async close() {
        await server.app.close();
        await app.close();
        await db.close();
      },
    };
  }

  /** The product itself acting in an org. */
  system(org: number): Ctx {
    const scopes = new Set<string>(Object.keys(PERMISSIONS));
    const principal = {
      kind: 'system',
      id: 'stage',
      name: 'stage',
      org,
      scopes,
      stores: 'all',
    } as const;
    return { org, principal, now: this.app.clocks.now(org), requestId: 'stage', locale: 'en' };
  }

  async org(code: string, kind: OrgKind): Promise<number> {
    const { id } = await createOrg(this.db, this.system(1), {
      code,
      name: named(code),
      kind,
      sandbox: true,
    });
    await this.clock(id, OPENING);
    return id;
  }

  /** Moves the org's clock to `at`; clocks only go forward. */
  async clock(org: number, at: Date): Promise<void> {
    const sql = `insert into platform.clock (org_id, now) values ($1, $2)
      on conflict (org_id) do update set now = excluded.now`;
    await this.db.transact([org], (tx) => tx.execute(sql, [org, at]));
    this.app.clocks.keep(org, at);
  }

  async suspend(org: number): Promise<void> {
    await suspendOrg(this.db, this.system(1), org);
  }

  async store(org: number, code: string): Promise<string> {
    return (await createStore(this.db, this.system(org), { code, name: named(code) })).id;
  }

  goods(org: number, goods: readonly WantedProduct[] = GOODS): Promise<unknown> {
    return this.db.transact([org], (tx) => putProducts(tx, this.system(org), goods));
  }

  /** A programme whose points are provided for with 0.8 fen each. */
  programme(org: number, code: string): Promise<Programme> {
    const wanted = { code, name: named(code), pointValuePpm: 800_000 };
    return this.db.transact([org], (tx) => createProgramme(tx, this.system(org), wanted));
  }

  async enrol(
    { programmeId, ownerOrg }: Programme,
    merchantOrg: number,
    storeId: string,
  ): Promise<void> {
    await enrolStore(this.app.members, this.system(ownerOrg), {
      programmeId,
      merchantOrg,
      storeId,
    });
  }

  /** An API key; all permissions of a key unless said. */
  async key(
    org: number,
    scopes: readonly string[] = KEY_SCOPES,
    stores: string[] | null = null,
  ): Promise<string> {
    const wanted = { name: 'stage', scopes: [...scopes], stores, expires: null };
    const { secret } = await this.db.transact([org], (tx) =>
      createApiKey(tx, this.system(org), wanted as never),
    );
    return secret;
  }

  /** A merchant with one store "<code>-1", goods and a programme of its own. */
  async shop(code: string, offers: readonly DefinitionInput[] = []): Promise<Shop> {
    const org = await this.org(code, 'merchant');
    const storeId = await this.store(org, `${code}-1`);
    await this.goods(org);
    const programme = await this.programme(org, 'club');
    await this.enrol(programme, org, storeId);
    for (const definition of offers) await this.offer(org, definition);
    return { org, storeId, programme, token: await this.key(org) };
  }

  /** Publishes an offer; its id. */
  async offer(org: number, definition: DefinitionInput): Promise<string> {
    const { id } = await createOffer(this.app.offers, this.system(org), definition);
    await publishOffer(this.app.offers, this.system(org), id);
    return id;
  }

  /** A member's id. */
  async member({ org, storeId }: Pick<Shop, 'org' | 'storeId'>, phone: string): Promise<string> {
    const { member } = await joinMember(this.app.members, this.system(org), { phone, storeId });
    return member.member_id;
  }

  /** A budget of `total` fen in the funder's book that `borrower` may draw on in parts of `chunk`. */
  async budget(funder: number, borrower: number, total: number, chunk: number): Promise<string> {
    const ctx = this.system(funder);
    const wanted = {
      code: `b${++this.#sent}`,
      name: named('budget'),
      total: fen(total),
      chunk: fen(chunk),
      borrowers: [borrower],
    };
    const { id } = await openBudget(this.db, ctx, wanted);
    const stamp = {
      key: newId(),
      actor: 'system:stage',
      occurredAt: ctx.now,
      valueDate: '2026-11-21',
      source: newId(),
      total,
    };
    await fundBudget(this.app.recorder, { org: funder, budget: id, amount: total, ...stamp });
    return id;
  }

  send(
    token: string,
    method: string,
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.#ask(this.server, token, method, url, payload, headers);
  }

  #ask(
    server: Server,
    token: string,
    method: string,
    url: string,
    payload: object | undefined,
    headers: Record<string, string>,
  ): Promise<Response> {
    const all = {
      authorization: `Bearer ${token}`,
      'idempotency-key': `k${++this.#sent}`,
      'accept-language': 'en',
      ...headers,
    };
    return server.app.inject({
      method,
      url,
      headers: all,
      ...(payload && { payload }),
    } as InjectOptions);
  }

  /** Lets a member of the shop's own programme spend points and cashback. */
  async spend(
    { org, programme }: Shop,
    member: string,
    { points, cashback }: { points: number; cashback: number },
  ): Promise<void> {
    const wallet = account('2210', member);
    const money = account('2031', member);
    const result = await this.app.recorder.record({
      org,
      idempotency: { principal: 'system:stage', key: newId(), hash: Buffer.alloc(32) },
      needs: [
        need(ledgerPart, org, { account: wallet, lots: true }),
        need(ledgerPart, org, { account: money }),
      ],
      decide(view) {
        const lotUses: LotUse[] = [];
        let left = points;
        for (const { lotId, remaining } of view.of(ledgerPart).lots(org, wallet)) {
          const amount = Math.min(remaining, left);
          left -= amount;
          if (amount > 0) lotUses.push({ account: wallet, lotId, amount, why: 'used' });
        }
        const legs = gathered([
          { account: wallet, amount: points },
          { account: account('1430', programme.programmeId), amount: -points },
          { account: money, amount: cashback },
          { account: account('1010'), amount: -cashback },
        ]);
        const at = { occurredAt: OPENING, valueDate: '2026-11-21', actor: 'system:stage' };
        const journal = {
          journalId: newId(),
          kind: 'spend',
          source: newId(),
          ...at,
          legs,
          lotUses,
        };
        return {
          kind: 'accept',
          status: 201,
          answer: '{}',
          items: [item(ledgerPart, org, journal)],
        };
      },
    });
    if (result.kind !== 'recorded') throw new Error(`spending was ${result.kind}`);
  }

  /** What an account holds, in its own direction. */
  async balance(org: number, code: AccountCode, owner: string | number = '-'): Promise<number> {
    return (await this.db.read([org], (tx) => balanceOf(tx, org, account(code, owner)))).posted;
  }

  /** The legs of a journal as "code/owner" -> debit above zero. */
  async legs(org: number, journalId: string): Promise<Record<string, number>> {
    const rows = await this.db.read([org], (tx) =>
      tx.query<{ code: string; owner: string; amount: number }>(
        'select code, owner, amount from ledger.v_leg where org_id = $1 and journal_id = $2 order by code, owner',
        [org, journalId],
      ),
    );
    return Object.fromEntries(rows.map(({ code, owner, amount }) => [`${code}/${owner}`, amount]));
  }

  /** Rows that break an invariant of payments, by invariant; empty where all hold. */
  async breaches(orgs: readonly number[]): Promise<Record<string, unknown>> {
    await this.app.relay.settle();
    const found: Record<string, unknown> = {};
    for (const { id, breaches } of paymentsInvariants) {
      const rows = await this.db.read(orgs, (tx) => breaches(tx, orgs));
      if (rows.length > 0) found[id] = rows;
    }
    return found;
  }
}

const KEY_SCOPES = KEY_PERMISSIONS.filter((scope) => scope !== 'import');

function named(code: string): Text {
  return { zh: `名 ${code}`, en: code };
}
