import type { FieldFault, Refusal } from '#kernel/refusal';

export const policySetUnknown = (version: number): Refusal => ({
  code: 'policy_set_unknown',
  status: 404,
  detail: { zh: `没有合规规则第 ${version} 版。`, en: `There is no policy set ${version}.` },
  fix: {
    zh: '请从 GET /v1/policy-sets 选择。',
    en: 'Choose one of GET /v1/policy-sets.',
  },
});

/** What was proposed is not legal; each fault names its field and what would be legal. */
export const policySetIllegal = (errors: readonly FieldFault[]): Refusal => ({
  code: 'policy_set_illegal',
  status: 422,
  detail: {
    zh: `合规规则有 ${errors.length} 处错误。`,
    en: `The policy set has ${errors.length} fault(s).`,
  },
  fix: { zh: '请按 errors 逐项更正。', en: 'Correct each entry of errors.' },
  errors,
});

export const policySetDecided = (version: number, status: string): Refusal => ({
  code: 'policy_set_decided',
  status: 409,
  detail: {
    zh: `合规规则第 ${version} 版已经${status === 'published' ? '发布' : '被否决'}。`,
    en: `The policy set ${version} was ${status} already.`,
  },
  fix: { zh: '请提出新的一版。', en: 'Propose another.' },
});

export const policyRefusals: readonly Refusal[] = [
  policySetUnknown(9),
  policySetIllegal([
    {
      pointer: '/rules/0/article',
      detail: {
        zh: '没有条文 a;须为 b 之一',
        en: 'there is no article a; must be one of b',
      },
    },
  ]),
  policySetDecided(2, 'published'),
];
