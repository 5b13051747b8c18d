import type { Locale } from '#kernel/refusal';

/** Who acts. `system` is the product itself: timers, the relay, the seed. */
export interface Principal {
  readonly kind: 'staff' | 'key' | 'system';
  readonly id: string;
  readonly name: string;
  readonly org: number;
  /** Permissions such as "payment.take"; a closed list stands in access. */
  readonly scopes: ReadonlySet<string>;
  /** Store ids the principal may act in. */
  readonly stores: 'all' | ReadonlySet<string>;
}

/** What every verb is told: for whom, when and in which language. One org, one book. */
export interface Ctx {
  readonly org: number;
  readonly principal: Principal;
  /** The org's clock: all business decisions use it, never the machine's clock. */
  readonly now: Date;
  readonly requestId: string;
  readonly locale: Locale;
}
