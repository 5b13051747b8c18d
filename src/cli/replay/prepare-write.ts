import { prepareRefund, prepareReturn, prepareSale } from '#payments';
import type { Ctx } from '#platform/context';
import type { Ready } from '#platform/record/ready';
import type { App } from '../../app.ts';
import type { PlannedWrite } from './plan-writes.ts';
import type { Stage } from './stage.ts';

const REASON = 'import';

/** What earlier writes of the replay made. */
export interface Made {
  /** Member ids by customer. */
  readonly memberOf: ReadonlyMap<string, string>;
  /** Payment ids by invoice. */
  readonly paymentOf: ReadonlyMap<string, Promise<string>>;
}

/** Makes a write of the file ready to be recorded. @throws Refused as the verbs of payments */
export async function prepareWrite(
  app: App,
  ctx: Ctx,
  stage: Stage,
  write: PlannedWrite,
  { memberOf, paymentOf }: Made,
): Promise<Ready> {
  const asked = { occurred_at: write.occurredAt, reason: REASON };
  if (write.kind === 'return') {
    const lines = write.lines.map(({ sku, quantity, amount }) => ({ sku, quantity, amount }));
    return prepareReturn(app.till, ctx, write.key, { ...asked, store: stage.storeId, lines });
  }
  if (write.kind === 'refund') {
    const payment = await (paymentOf.get(write.of.invoice) as Promise<string>);
    return prepareRefund(app.till, ctx, write.key, { ...asked, payment, lines: write.of.lines });
  }
  return prepareTicket(app, ctx, stage, write, memberOf);
}

function prepareTicket(
  app: App,
  ctx: Ctx,
  { storeId }: Stage,
  { key, ticket, occurredAt }: Extract<PlannedWrite, { kind: 'sale' }>,
  memberOf: ReadonlyMap<string, string>,
): Promise<Ready> {
  const memberId = ticket.customer === null ? undefined : memberOf.get(ticket.customer);
  const lines = ticket.lines.map(({ sku, quantity, amount, unitPrice }) => ({
    sku,
    quantity,
    amount,
    unit_price_text: unitPrice,
  }));
  const input = {
    store: storeId,
    lines,
    override_reason: REASON,
    occurred_at: occurredAt,
    tenders: [{ kind: 'cash' as const }],
    ...(memberId !== undefined && { member: { memberId } }),
  };
  return prepareSale(app.till, ctx, key, input, 'import');
}
