import type { FieldFault, Refusal } from '#kernel/refusal';

export function notForReplay(code: string): Refusal {
  return {
    code: 'replay_merchant_real',
    status: 409,
    detail: {
      zh: `${code} 不是沙箱商户, 不能用来重放小票。`,
      en: `${code} is not a sandbox merchant, so no tickets are replayed into it.`,
    },
    fix: { zh: '请用 --merchant 指定别的编码。', en: 'Name another code with --merchant.' },
  };
}

export function otherOffers(code: string): Refusal {
  return {
    code: 'replay_offers_differ',
    status: 409,
    detail: {
      zh: `${code} 此前以另一组优惠重放, 同一商户的结果须出自同一组优惠。`,
      en: `${code} was replayed with other offers before; the totals of one merchant come from one set.`,
    },
    fix: {
      zh: '请用 --merchant 指定新的编码, 或使用原来的优惠文件。',
      en: 'Name a new code with --merchant, or give the offers file of before.',
    },
  };
}

export function otherTickets(code: string, invoice: string): Refusal {
  return {
    code: 'replay_tickets_differ',
    status: 409,
    detail: {
      zh: `${code} 中已有内容不同的小票 ${invoice}。`,
      en: `${code} holds ticket ${invoice} with other content.`,
    },
    fix: {
      zh: '若是另一份文件, 请用 --merchant 指定新的编码。',
      en: 'If this is another file, name a new code with --merchant.',
    },
  };
}

/** Each fault names its place in the file as a JSON pointer, and what would be legal. */
export function offersFileBroken(path: string, errors: readonly FieldFault[]): Refusal {
  const first = errors[0]?.detail ?? { zh: '', en: '' };
  const at = errors[0]?.pointer ?? '';
  return {
    code: 'offers_file_broken',
    status: 422,
    detail: {
      zh: `无法使用优惠文件 ${path}: ${at} ${first.zh}`,
      en: `The offers file ${path} cannot be used: ${at} ${first.en}`,
    },
    fix: {
      zh: '请参照 sim/offers 中的示例修改。',
      en: 'Compare it with the examples in sim/offers.',
    },
    errors,
  };
}

export function unwritable(path: string, why: string): Refusal {
  return {
    code: 'members_file_unwritable',
    status: 422,
    detail: {
      zh: `无法写入会员文件 ${path}: ${why}`,
      en: `The members cannot be written to ${path}: ${why}`,
    },
    fix: {
      zh: '请用 --members 指定可写入的路径。',
      en: 'Give a path that can be written with --members.',
    },
  };
}
