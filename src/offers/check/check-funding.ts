import { PPM_ONE } from '#kernel/money';
import type { Benefit, Definition, Funding } from '../rule/definition.ts';
import type { Report } from './report.ts';
import { isPaidFor, unitOf } from './units.ts';
import { checkPayer } from './check-payer.ts';

type Payer = Funding[number];

/** Every list of payers of a definition: that its parts make up the whole, and who they are. */
export function checkAllFunding({ funding, benefits }: Definition, report: Report): void {
  const shared = benefits.filter((each) => isPaidFor(each) && !fundingOf(each));
  checkFunding(funding, '/funding', shared, report);
  benefits.forEach((benefit, index) => {
    const own = fundingOf(benefit);
    if (own) checkFunding(own, `/benefits/${index}/funding`, [benefit], report);
  });
}

/** A benefit's own list of payers, where it has one. */
export function fundingOf(benefit: Benefit): Funding | undefined {
  return 'funding' in benefit ? benefit.funding : undefined;
}

/** @param benefits those that this list pays for */
function checkFunding(
  funding: Funding,
  pointer: string,
  benefits: readonly Benefit[],
  report: Report,
): void {
  checkParts(funding, pointer, report);
  const units = new Set(benefits.map(unitOf));
  const paid = { fen: units.has('fen'), points: units.has('points') };
  const seen = new Set<string>();
  funding.forEach((payer, index) => {
    const at = `${pointer}/${index}`;
    const { party, funder_org, budget } = payer;
    const key = `${party}:${funder_org ?? ''}:${budget ?? ''}`;
    if (seen.has(key))
      report(at, '同一出资方只能出现一次', 'the same payer may stand here only once');
    seen.add(key);
    checkPayer(payer, at, paid, report);
    if (payer.overflow === 'next' && index === funding.length - 1) {
      report(
        `${at}/overflow`,
        '其后没有出资方可转:请写 cut,或把此项移到前面',
        'nobody stands after it to pass on to: write cut, or move this payer up',
      );
    }
  });
}

function checkParts(funding: Funding, pointer: string, report: Report): void {
  let whole = true;
  funding.forEach((payer, index) => {
    const forms = formsOf(payer);
    if (forms.length === 1) return;
    whole = false;
    report(
      forms.length === 0 ? `${pointer}/${index}` : `${pointer}/${index}/${forms.at(-1)}`,
      '须且只能写 share(比例)、fixed(定额)、remainder(余额)之一',
      'must give exactly one of share, fixed and remainder',
    );
  });
  if (!whole) return;
  const shares = funding.reduce((sum, { share = 0 }) => sum + share, 0);
  const remainders = funding.flatMap(({ remainder }, index) => (remainder ? [index] : []));
  if (remainders.length > 1) {
    report(
      `${pointer}/${remainders[1]}/remainder`,
      '只能有一个出资方承担余额',
      'only one payer may take the remainder',
    );
  } else if (remainders.length === 1) {
    if (shares < PPM_ONE) return;
    report(
      pointer,
      `比例合计须小于 1,000,000(100 %),否则没有余额;现为 ${shares}`,
      `shares must sum to less than 1,000,000 (100 %), or nothing remains; they sum to ${shares}`,
    );
  } else if (funding.some(({ fixed }) => fixed !== undefined)) {
    report(
      pointer,
      '有定额时须有一个出资方写 remainder: true 承担其余',
      'beside a fixed part one payer must take the rest: give it remainder true',
    );
  } else if (shares !== PPM_ONE) {
    report(
      pointer,
      `出资比例合计须为 1,000,000(100 %),现为 ${shares}`,
      `shares must sum to 1,000,000 (100 %), not ${shares}`,
    );
  }
}

function formsOf({ share, fixed, remainder }: Payer): string[] {
  const forms = { share, fixed, remainder };
  return Object.entries(forms).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
