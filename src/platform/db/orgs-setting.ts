/** `set local app.orgs`: integers only, so nothing can be injected. */
export function orgsSetting(orgs: readonly number[]): string {
  if (!orgs.every(Number.isSafeInteger)) throw new TypeError('an org is a whole number');
  return `set local app.orgs = '${orgs.join(',')}'`;
}
