import { dayOf } from '#kernel/day';
import { type Locale, Refused } from '#kernel/refusal';
import { catalogInvariants } from '#catalog';
import { couponsInvariants } from '#coupons';
import { allOrgs, orgByCode } from '#merchants';
import { offersInvariants } from '#offers';
import { paymentsInvariants } from '#payments';
import { rewardsInvariants } from '#rewards';
import { auditBooks } from './audit/audit-books.ts';
import type { CommandApp } from './open-command-app.ts';
import type { ExitCode } from './run-command.ts';

/** `tillback audit`: proves the books of all orgs, or what can be proved of one. @throws Refused org_unknown */
export async function auditCommand(
  { app, anchorFile }: CommandApp,
  { json = false, org }: { readonly json?: boolean; readonly org?: string },
  locale: Locale,
): Promise<ExitCode> {
  const found = org === undefined ? await allOrgs(app.db) : [await orgByCode(app.db, org)];
  const orgs = found.flatMap((each) => each ?? []);
  if (orgs.length === 0 && org !== undefined) throw new Refused(noOrg(org));
  const zones = new Map(orgs.map(({ id, zone }) => [id, zone]));
  const zoneOf = (id: number) => zones.get(id) ?? 'Asia/Shanghai';
  const { text, exitCode } = await auditBooks(
    {
      db: app.db,
      orgs: orgs.map(({ id }) => id),
      someOnly: org !== undefined,
      today: (id) => dayOf(app.clocks.now(id), zoneOf(id)),
      anchorFile,
      more: [
        ...catalogInvariants,
        ...offersInvariants,
        ...couponsInvariants,
        ...rewardsInvariants((id) => ({ now: app.clocks.now(id), zone: zoneOf(id) })),
        ...paymentsInvariants,
      ],
    },
    { json, locale },
  );
  process.stdout.write(`${text}\n`);
  return exitCode;
}

function noOrg(code: string) {
  return {
    code: 'org_unknown',
    status: 404,
    detail: { zh: `没有编码为 ${code} 的机构。`, en: `There is no org with the code ${code}.` },
    fix: { zh: '请检查编码。', en: 'Check the code.' },
  };
}
