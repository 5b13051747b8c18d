import { may } from '#access';
import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { scopeMissing } from '#platform/http/refusals';
import type { Tender } from './payment.ts';

/**
 * Cards and wallets are believed: their money was proved on another device.
 * @throws Refused scope_missing if a caller without the permission `payment.record_tender` names one
 */
export function demandRecording(ctx: Ctx, tenders: readonly Tender[]): void {
  if (tenders.every(({ kind }) => kind === 'cash')) return;
  must(may(ctx, 'payment.record_tender'), () => scopeMissing('payment.record_tender'));
}
