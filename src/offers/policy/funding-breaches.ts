import { fundingsOf } from '../check/names.ts';
import type { Definition, Funding } from '../rule/definition.ts';
import type { Found } from './found.ts';
import type { PolicyRule } from './policy-set.ts';

type Rule = Extract<PolicyRule, { type: 'funding_max' }>;
type Payer = Funding[number];

const CAPS = ['per_sale', 'per_day', 'per_month', 'total'] as const;

/** Breaches of rules on how much a party may pay. */
export function fundingBreaches(rule: Rule, definition: Definition): Found[] {
  return fundingsOf(definition).flatMap(({ pointer, funding }) =>
    funding.flatMap((payer, index) =>
      payer.party === rule.party ? ofPayer(rule, payer, `${pointer}/${index}`) : [],
    ),
  );
}

function ofPayer(rule: Rule, { share, remainder, cap }: Payer, at: string): Found[] {
  const found: Found[] = [];
  if (rule.share !== undefined && (remainder || (share ?? 0) > rule.share)) {
    found.push({
      pointer: `${at}/${remainder ? 'remainder' : 'share'}`,
      zh: `${rule.party} 至多承担 ${rule.share}(百万分之一)`,
      en: `the ${rule.party} pays a share of at most ${rule.share} ppm`,
    });
  }
  for (const name of CAPS) {
    const most = rule[name];
    if (most === undefined || (cap?.[name] ?? Infinity) <= most) continue;
    found.push({
      pointer: `${at}/cap/${name}`,
      zh: `${rule.party} 的 ${name} 须写明且至多 ${most} 分`,
      en: `the ${rule.party} must be capped at no more than ${most} fen in ${name}`,
    });
  }
  return found;
}
