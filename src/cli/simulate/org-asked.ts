import { must, Refused, type Refusal } from '#kernel/refusal';
import { allOrgs, type Org, orgByCode } from '#merchants';
import type { App } from '../../app.ts';

const NAMED_MAX = 10;

/** The merchant of a command; the only one there is if none is named. @throws Refused org_unknown */
export async function orgAsked({ db }: App, code: string | undefined): Promise<Org> {
  if (code !== undefined) {
    const found = await orgByCode(db, code);
    must(found, () => noOrg(code));
    return found;
  }
  const merchants = (await allOrgs(db)).filter(({ kind }) => kind === 'merchant');
  const [only, ...others] = merchants;
  if (only === undefined || others.length > 0)
    throw new Refused(whichOrg(merchants.map((each) => each.code)));
  return only;
}

function noOrg(code: string): Refusal {
  return {
    code: 'org_unknown',
    status: 404,
    detail: { zh: `没有编码为 ${code} 的机构。`, en: `There is no org with the code ${code}.` },
    fix: { zh: '请检查编码。', en: 'Check the code.' },
  };
}

function whichOrg(codes: readonly string[]): Refusal {
  const named = codes.slice(0, NAMED_MAX).join(', ') + (codes.length > NAMED_MAX ? ' ...' : '');
  return {
    code: 'org_unknown',
    status: 404,
    detail: {
      zh: codes.length === 0 ? '还没有商户。' : `有 ${codes.length} 家商户：${named}。`,
      en:
        codes.length === 0
          ? 'There is no merchant yet.'
          : `There are ${codes.length} merchants: ${named}.`,
    },
    fix: { zh: '请用 --org 指明一家。', en: 'Name one with --org.' },
  };
}
