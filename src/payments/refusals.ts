import { yuan } from '#kernel/money';
import type { FieldFault, Refusal } from '#kernel/refusal';
import type { PaymentState, RefundFault, TenderFault } from './payment.ts';

/** Lines that cannot be sold as they were asked. */
export function basketRefused(errors: readonly FieldFault[]): Refusal {
  return {
    code: 'basket_refused',
    status: 422,
    detail: {
      zh: '购物篮中有无法销售的商品行。',
      en: 'The basket has lines that cannot be sold as asked.',
    },
    fix: {
      zh: '请按 errors 修改对应行后重试。',
      en: 'Change the lines named in errors and try again.',
    },
    errors,
  };
}

/** The client's price is not the product's price, and the caller may not override it. */
export function priceDiffers(errors: readonly FieldFault[]): Refusal {
  return {
    code: 'price_differs',
    status: 409,
    detail: { zh: '提交的单价与商品目录不一致。', en: 'A unit price differs from the catalogue.' },
    fix: {
      zh: '请去掉 unit_price 使用目录价，或由有改价权限的员工附理由提交。',
      en: 'Leave unit_price out to use the catalogue price, or have someone with the permission price.override give a reason.',
    },
    errors,
  };
}

export function overrideNeedsReason(): Refusal {
  return {
    code: 'override_reason_missing',
    status: 422,
    detail: { zh: '改价必须说明理由。', en: 'A price was overridden without a reason.' },
    fix: { zh: '请填写 override_reason。', en: 'Give override_reason.' },
    errors: [
      {
        pointer: '/override_reason',
        detail: { zh: '改价时必填', en: 'is needed where a price is overridden' },
      },
    ],
  };
}

export function storeNotAllowed(): Refusal {
  return {
    code: 'store_not_allowed',
    status: 403,
    detail: { zh: '您无权在该门店操作。', en: 'You may not act in this store.' },
    fix: {
      zh: '请使用被授权的门店，或联系店长。',
      en: 'Use a store you are assigned to, or ask the manager.',
    },
  };
}

export function timeNotAllowed(): Refusal {
  return {
    code: 'time_not_allowed',
    status: 403,
    detail: {
      zh: '只有导入权限可以指定交易时间。',
      en: 'Only the permission import may state the time of a sale.',
    },
    fix: { zh: '请去掉 occurred_at。', en: 'Leave occurred_at out.' },
  };
}

/** Fields that only someone who imports tickets may state. */
export function importOnly(pointers: readonly string[]): Refusal {
  return {
    code: 'import_only',
    status: 403,
    detail: {
      zh: '有字段只供导入历史小票使用。',
      en: 'Some fields are only for importing past tickets.',
    },
    fix: {
      zh: '请去掉 errors 中的字段，或使用有导入权限的密钥。',
      en: 'Leave the fields named in errors out, or use a key with the permission import.',
    },
    errors: pointers.map((pointer) => ({
      pointer,
      detail: { zh: '需要导入权限', en: 'needs the permission import' },
    })),
  };
}

export function tenderRefused(fault: TenderFault): Refusal {
  if (fault.kind === 'tendered_short') {
    return {
      code: 'tendered_short',
      status: 422,
      detail: {
        zh: `实收 ${yuan(fault.tendered)} 元，不足应收 ${yuan(fault.amount)} 元。`,
        en: `¥${yuan(fault.tendered)} was handed over for ¥${yuan(fault.amount)}.`,
      },
      fix: { zh: '请核对实收现金。', en: 'Check the cash handed over.' },
      errors: [
        { pointer: `/tenders/${fault.at}/tendered`, detail: { zh: '不足', en: 'is too little' } },
      ],
    };
  }
  return {
    code: 'tender_mismatch',
    status: 409,
    detail: {
      zh: `应收 ${yuan(fault.due)} 元，各付款方式合计 ${yuan(fault.given)} 元。`,
      en: `¥${yuan(fault.due)} is due; the tenders sum to ¥${yuan(fault.given)}.`,
    },
    fix: {
      zh: '请重新报价后按应收金额提交，或让唯一的付款方式不填金额。',
      en: 'Quote again and send the amount due, or leave the amount out of a single tender.',
    },
    errors: [
      {
        pointer: '/tenders',
        detail: { zh: `合计须为 ${fault.due} 分`, en: `must sum to ${fault.due} fen` },
      },
    ],
  };
}

export function busyBooks(): Refusal {
  return {
    code: 'books_changing',
    status: 503,
    detail: {
      zh: '价格或优惠正在变更，请求未执行。',
      en: 'Prices or offers kept changing; nothing was carried out.',
    },
    fix: { zh: '请用同一 Idempotency-Key 重试。', en: 'Try again with the same Idempotency-Key.' },
    retryAfterSeconds: 1,
  };
}

export function paymentUnknown(): Refusal {
  return {
    code: 'payment_unknown',
    status: 404,
    detail: { zh: '没有这笔支付。', en: 'There is no such payment.' },
    fix: { zh: '请核对支付编号或小票号。', en: 'Check the payment id or the receipt number.' },
  };
}

export function notRefundable(state: PaymentState): Refusal {
  return {
    code: 'payment_not_refundable',
    status: 409,
    detail: {
      zh: `该支付状态为 ${state}，没有可退金额。`,
      en: `The payment is ${state}; nothing of it can be refunded.`,
    },
    fix: { zh: '请核对该笔支付的退款记录。', en: 'Look at the refunds of this payment.' },
  };
}

export function notVoidable(state: PaymentState): Refusal {
  return {
    code: 'payment_not_voidable',
    status: 409,
    detail: {
      zh: `该支付状态为 ${state}，或已过营业日，不能撤销。`,
      en: `The payment is ${state} or its business day is over; it cannot be voided.`,
    },
    fix: { zh: '请改用退款。', en: 'Refund it instead.' },
  };
}

export function rewardsSpent(): Refusal {
  return {
    code: 'rewards_spent',
    status: 409,
    detail: {
      zh: '该笔奖励已被会员使用，不能原样撤销。',
      en: 'The member has used rewards of this sale, so it cannot be mirrored exactly.',
    },
    fix: {
      zh: '请改用退款，差额将记入会员欠款。',
      en: "Refund it instead; what is missing becomes the member's debt.",
    },
  };
}

export function refundRefused(fault: RefundFault): Refusal {
  const pointer = `/lines/${fault.at}/${REFUND_FIELDS[fault.kind]}`;
  const detail =
    fault.kind === 'line_unknown'
      ? {
          zh: `该支付只有 ${fault.lines} 行（从 0 起）`,
          en: `the payment has ${fault.lines} lines, counted from 0`,
        }
      : fault.kind === 'over_quantity'
        ? {
            zh: `该行最多还可退 ${fault.open} 件`,
            en: `at most ${fault.open} units of the line are left`,
          }
        : {
            zh: `该行最多还可退 ${yuan(fault.open)} 元`,
            en: `at most ¥${yuan(fault.open)} of the line is left`,
          };
  return {
    code: 'refund_exceeds',
    status: 422,
    detail: { zh: '退货超出可退范围。', en: 'More is asked back than is left of the payment.' },
    fix: {
      zh: '请按 errors 修改行、数量或金额。',
      en: 'Change the line, quantity or amount named in errors.',
    },
    errors: [{ pointer, detail }],
  };
}

const REFUND_FIELDS = {
  line_unknown: 'line',
  over_quantity: 'quantity',
  over_amount: 'amount',
} as const;

/** One of each, for the page of problems. */
export const paymentsRefusals: readonly Refusal[] = [
  basketRefused([
    { pointer: '/lines/0/sku', detail: { zh: '没有商品 X', en: 'there is no product X' } },
  ]),
  priceDiffers([
    {
      pointer: '/lines/0/unit_price',
      detail: { zh: '目录价为 1200 分', en: 'the catalogue price is 1200 fen' },
    },
  ]),
  overrideNeedsReason(),
  storeNotAllowed(),
  timeNotAllowed(),
  importOnly(['/lines/0/amount']),
  tenderRefused({ kind: 'tendered_short', at: 0, amount: 1200, tendered: 1000 }),
  tenderRefused({ kind: 'tender_mismatch', due: 1200, given: 1000 }),
  busyBooks(),
  paymentUnknown(),
  notRefundable('refunded'),
  notVoidable('part_refunded'),
  rewardsSpent(),
  refundRefused({ kind: 'over_quantity', at: 0, open: 1 }),
];
