import type { SaleFacts } from '../engine/facts.ts';

/** A sale of nothing to nobody, to be filled with what a rule asks for. */
export const BLANK_SALE: SaleFacts = {
  store: 'store',
  terminal: null,
  terminalKind: null,
  device: null,
  mcc: null,
  channel: 'pos',
  day: '2026-01-01',
  weekday: 4,
  minute: 0,
  dayKind: 'holiday',
  lines: [],
  member: null,
  tenders: [],
  codes: [],
  coupons: [],
};
