import type { FieldFault } from '#kernel/refusal';

/** Notes a fault: a JSON pointer into the definition, and what would be legal. */
export type Report = (pointer: string, zh: string, en: string) => void;

/** What `check` reports, in the order of its reports. */
export function reported(check: (report: Report) => void): FieldFault[] {
  const faults: FieldFault[] = [];
  check((pointer, zh, en) => void faults.push({ pointer, detail: { zh, en } }));
  return faults;
}
