/** News for other rooms: what happened, to whom. Delivered at least once; subscribers know it by its id. */
export interface OutboxEvent {
  readonly eventId: string;
  /** As "member.joined". */
  readonly type: string;
  /** Events of one subject, such as "member:<id>", reach a subscriber in the order of writing. */
  readonly subject: string;
  readonly payload: unknown;
  readonly occurredAt: Date;
}

export interface DeliveredEvent extends OutboxEvent {
  readonly org: number;
}

/** Who is told of events of some types. Must do nothing the second time it gets the same event id. */
export interface Subscriber {
  /** Stands in the outbox rows: keep it when code moves. */
  readonly name: string;
  readonly types: readonly string[];
  readonly handle: (event: DeliveredEvent) => Promise<void>;
}
