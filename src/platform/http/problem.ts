import type { Locale, Refusal, Text } from '#kernel/refusal';

/** The media type of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const TITLES: Readonly<Record<number, Text>> = {
  400: { zh: '请求有误', en: 'Bad request' },
  401: { zh: '未认证', en: 'Not authenticated' },
  402: { zh: '支付未成功', en: 'Payment failed' },
  403: { zh: '无权限', en: 'Not permitted' },
  404: { zh: '未找到', en: 'Not found' },
  405: { zh: '方法不支持', en: 'Method not allowed' },
  409: { zh: '与现状冲突', en: 'Conflict' },
  410: { zh: '已失效', en: 'Gone' },
  413: { zh: '内容过大', en: 'Content too large' },
  415: { zh: '类型不支持', en: 'Unsupported media type' },
  422: { zh: '内容不合要求', en: 'Unprocessable content' },
  429: { zh: '请求过多', en: 'Too many requests' },
  500: { zh: '内部错误', en: 'Internal error' },
  503: { zh: '暂不可用', en: 'Unavailable' },
};

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  fix: string;
  instance: string;
  request_id: string;
  errors?: { pointer: string; detail: string }[];
}

/** The problem document of a refusal (RFC 9457). `instance` is the path without its query. */
export function problemOf(
  refusal: Refusal,
  locale: Locale,
  url: string,
  requestId: string,
): Problem {
  const query = url.indexOf('?');
  return {
    type: `/docs/problems#${refusal.code}`,
    title: titleOf(refusal.status)[locale],
    status: refusal.status,
    detail: refusal.detail[locale],
    code: refusal.code,
    fix: refusal.fix[locale],
    instance: query < 0 ? url : url.slice(0, query),
    request_id: requestId,
    ...(refusal.errors && {
      errors: refusal.errors.map(({ pointer, detail }) => ({ pointer, detail: detail[locale] })),
    }),
  };
}

export function titleOf(status: number): Text {
  return TITLES[status] ?? (status < 500 ? (TITLES[400] as Text) : (TITLES[500] as Text));
}
