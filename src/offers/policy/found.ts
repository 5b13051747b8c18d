/** What a rule finds at a field, before its article is cited. */
export interface Found {
  readonly pointer: string;
  readonly zh: string;
  readonly en: string;
}
