import type { Refusal } from '#kernel/refusal';

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
