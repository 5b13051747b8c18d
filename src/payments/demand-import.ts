import { may } from '#access';
import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { importOnly, timeNotAllowed } from './refusals.ts';

interface Imported {
  readonly occurred_at?: Date | undefined;
  readonly lines?: readonly object[] | undefined;
}

const OF_A_TICKET = ['amount', 'unit_price_text'] as const;

/** @throws Refused if a caller without the permission `import` states the time or a ticket's own amounts. */
export function demandImport(ctx: Ctx, { occurred_at: occurredAt, lines = [] }: Imported): void {
  if (may(ctx, 'import')) return;
  must(occurredAt === undefined, timeNotAllowed);
  const pointers = lines.flatMap((line, at) =>
    OF_A_TICKET.filter((field) => (line as Record<string, unknown>)[field] !== undefined).map(
      (field) => `/lines/${at}/${field}`,
    ),
  );
  must(pointers.length === 0, () => importOnly(pointers));
}
