import type { FieldFault, Refusal, Text } from '#kernel/refusal';

function refusal(code: string, status: number, detail: Text, fix: Text): Refusal {
  return { code, status, detail, fix };
}

export const malformedJson = (where: string): Refusal =>
  refusal(
    'malformed_json',
    400,
    { zh: `请求正文不是合法的 JSON：${where}`, en: `The body is not legal JSON: ${where}` },
    {
      zh: '请以 UTF-8 编码发送一个合法的 JSON 文档。',
      en: 'Send one legal JSON document in UTF-8.',
    },
  );

export const badRequest = (): Refusal =>
  refusal(
    'bad_request',
    400,
    { zh: '无法读懂这个 HTTP 请求。', en: 'The HTTP request cannot be read.' },
    { zh: '请检查网址编码与请求头。', en: 'Check the encoding of the URL and the headers.' },
  );

export const wrongContentType = (): Refusal =>
  refusal(
    'wrong_content_type',
    415,
    { zh: '请求正文的类型不受支持。', en: 'The content type of the body is not supported.' },
    { zh: '请使用 Content-Type: application/json。', en: 'Use Content-Type: application/json.' },
  );

export const bodyTooLarge = (): Refusal =>
  refusal(
    'body_too_large',
    413,
    { zh: '请求正文超过 1 MiB。', en: 'The body is larger than 1 MiB.' },
    { zh: '请分成多次请求发送。', en: 'Send it in several requests.' },
  );

export const routeUnknown = (): Refusal =>
  refusal(
    'route_unknown',
    404,
    { zh: '没有这个地址。', en: 'There is nothing at this address.' },
    { zh: '可用的地址见 /docs。', en: 'See /docs for the addresses there are.' },
  );

export const methodNotAllowed = (allowed: string): Refusal =>
  refusal(
    'method_not_allowed',
    405,
    {
      zh: `这个地址不支持该方法；可用：${allowed}`,
      en: `This address does not take that method; it takes ${allowed}`,
    },
    { zh: '请改用 Allow 头中的方法。', en: 'Use a method of the Allow header.' },
  );

export const invalidRequest = (errors: readonly FieldFault[]): Refusal => ({
  ...refusal(
    'invalid_request',
    422,
    {
      zh: `请求有 ${errors.length} 处不合要求。`,
      en: `The request has ${errors.length} fault(s).`,
    },
    {
      zh: '请按 errors 中逐项的说明更正后重发。',
      en: 'Correct each entry of errors and send it again.',
    },
  ),
  errors,
});

export const valueUnstorable = (): Refusal =>
  refusal(
    'value_unstorable',
    422,
    {
      zh: '请求中有一个值无法保存：超出范围或含有不允许的字符。',
      en: 'A value of the request cannot be stored: it is out of range or holds an illegal character.',
    },
    {
      zh: '请检查日期、数字与文本后重发。',
      en: 'Check dates, numbers and texts and send it again.',
    },
  );

export const idempotencyKeyMissing = (): Refusal =>
  refusal(
    'idempotency_key_missing',
    400,
    { zh: '写操作必须带 Idempotency-Key 头。', en: 'A write needs the header Idempotency-Key.' },
    {
      zh: '为每个新的意图生成一个 UUID；重试同一请求时用同一个值。',
      en: 'Make one UUID for each new intent; repeat it when you retry the same request.',
    },
  );

export const idempotencyKeyMalformed = (): Refusal =>
  refusal(
    'idempotency_key_malformed',
    400,
    { zh: 'Idempotency-Key 不合格式。', en: 'The Idempotency-Key is malformed.' },
    { zh: '请用 1 到 255 个可打印的 ASCII 字符。', en: 'Use 1 to 255 printable ASCII characters.' },
  );

export const idempotencyConflict = (): Refusal =>
  refusal(
    'idempotency_conflict',
    409,
    {
      zh: '这个 Idempotency-Key 已用于另一个内容不同的请求。',
      en: 'This Idempotency-Key was used for another request with other content.',
    },
    { zh: '新的请求请用新的键。', en: 'Use a new key for a new request.' },
  );

export const cursorMalformed = (): Refusal =>
  refusal(
    'cursor_malformed',
    400,
    {
      zh: '翻页游标无效，或属于另一个列表。',
      en: 'The cursor is malformed or belongs to another list.',
    },
    {
      zh: '请原样使用上一页的 next_cursor，且不要改变其他查询条件；或从第一页开始。',
      en: 'Use next_cursor of the page before, with the same filters, or begin at the first page.',
    },
  );

export const tokenMissing = (): Refusal =>
  refusal(
    'token_missing',
    401,
    { zh: '此操作需要登录或接口密钥。', en: 'This operation needs a session or an API key.' },
    { zh: '请发送 Authorization: Bearer <令牌>。', en: 'Send Authorization: Bearer <token>.' },
  );

export const scopeMissing = (scope: string): Refusal =>
  refusal(
    'scope_missing',
    403,
    { zh: `您没有权限 ${scope}。`, en: `You do not have the permission ${scope}.` },
    {
      zh: '请让有权限的人操作，或请管理员授权。',
      en: 'Ask someone who has it, or ask an administrator to grant it.',
    },
  );

export const allStoresNeeded = (): Refusal =>
  refusal(
    'all_stores_needed',
    403,
    {
      zh: '此操作关系到整个机构，而您只能在部分门店操作。',
      en: 'This concerns the whole org, and you may act in some of its stores only.',
    },
    { zh: '请让可管理全部门店的人操作。', en: 'Ask someone who may act in all stores.' },
  );

export const rateLimited = (retryAfterSeconds: number): Refusal => ({
  ...refusal(
    'rate_limited',
    429,
    { zh: '请求过于频繁。', en: 'Too many requests.' },
    { zh: `请在 ${retryAfterSeconds} 秒后再试。`, en: `Try again in ${retryAfterSeconds} s.` },
  ),
  retryAfterSeconds,
});

export const overloaded = (): Refusal => ({
  ...refusal(
    'overloaded',
    503,
    { zh: '系统繁忙，请求未被处理。', en: 'The system is busy; the request was not processed.' },
    {
      zh: '请稍后用同一个 Idempotency-Key 重试。',
      en: 'Retry shortly with the same Idempotency-Key.',
    },
  ),
  retryAfterSeconds: 1,
});

export const databaseUnavailable = (): Refusal => ({
  ...refusal(
    'database_unavailable',
    503,
    { zh: '数据库暂时不可用。', en: 'The database is not available at the moment.' },
    { zh: '请用同一个 Idempotency-Key 重试。', en: 'Retry with the same Idempotency-Key.' },
  ),
  retryAfterSeconds: 2,
});

export const unexpected = (): Refusal =>
  refusal(
    'unexpected',
    500,
    { zh: '系统内部出错，已记录。', en: 'Something went wrong inside; it was logged.' },
    {
      zh: '请用同一个 Idempotency-Key 重试；若仍出错，请提供 request_id。',
      en: 'Retry with the same Idempotency-Key; if it persists, report the request_id.',
    },
  );

/** One of each, for the page of problems. */
export const platformRefusals: readonly Refusal[] = [
  badRequest(),
  malformedJson('line 1, column 2'),
  wrongContentType(),
  bodyTooLarge(),
  routeUnknown(),
  methodNotAllowed('GET, POST'),
  invalidRequest([
    { pointer: '/amount', detail: { zh: '必须是整数', en: 'must be a whole number' } },
  ]),
  valueUnstorable(),
  idempotencyKeyMissing(),
  idempotencyKeyMalformed(),
  idempotencyConflict(),
  cursorMalformed(),
  tokenMissing(),
  scopeMissing('payment.take'),
  allStoresNeeded(),
  rateLimited(30),
  overloaded(),
  databaseUnavailable(),
  unexpected(),
];
