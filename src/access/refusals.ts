import type { Refusal, Text } from '#kernel/refusal';

function refusal(code: string, status: number, detail: Text, fix: Text): Refusal {
  return { code, status, detail, fix };
}

export const signInFailed = (): Refusal =>
  refusal(
    'sign_in_failed',
    401,
    { zh: '商户、登录名或密码不正确。', en: 'The merchant, the login or the password is wrong.' },
    {
      zh: '请核对后重试；忘记密码请联系店主。',
      en: 'Check them and try again; ask the owner if you forgot the password.',
    },
  );

export const signInLocked = (retryAfterSeconds: number): Refusal => ({
  ...refusal(
    'sign_in_locked',
    429,
    {
      zh: '密码多次错误，登录已暂时锁定。',
      en: 'Too many wrong passwords; signing in is locked for a while.',
    },
    {
      zh: `请在 ${Math.ceil(retryAfterSeconds / 60)} 分钟后再试。`,
      en: `Try again in ${Math.ceil(retryAfterSeconds / 60)} minute(s).`,
    },
  ),
  retryAfterSeconds,
});

export const tokenInvalid = (): Refusal =>
  refusal(
    'token_invalid',
    401,
    { zh: '令牌无效、已过期或已撤销。', en: 'The token is unknown, expired or revoked.' },
    {
      zh: '请重新登录，或换用有效的接口密钥。',
      en: 'Sign in again, or use an API key that holds.',
    },
  );

export const notASession = (): Refusal =>
  refusal(
    'not_a_session',
    409,
    { zh: '接口密钥不能退出登录。', en: 'An API key cannot sign out.' },
    { zh: '若不再使用，请撤销此密钥。', en: 'Revoke the key if it is no longer used.' },
  );

export const loginTaken = (login: string): Refusal =>
  refusal(
    'login_taken',
    409,
    { zh: `登录名 ${login} 已被使用。`, en: `The login ${login} is taken.` },
    { zh: '请换一个登录名。', en: 'Choose another login.' },
  );

export const grantBeyondYours = (what: string): Refusal =>
  refusal(
    'grant_beyond_yours',
    403,
    {
      zh: `不能授予或管理超出您自己的权限：${what}`,
      en: `You cannot grant or manage more than you have: ${what}`,
    },
    { zh: '请让拥有这些权限的人操作。', en: 'Ask someone who has these permissions.' },
  );

export const storeNotYours = (store: string): Refusal =>
  refusal(
    'store_not_yours',
    403,
    { zh: `您不能在门店 ${store} 操作。`, en: `You may not act in the store ${store}.` },
    {
      zh: '请换一个门店，或请管理员授权。',
      en: 'Choose another store, or ask an administrator to grant it.',
    },
  );

export const staffUnknown = (): Refusal =>
  refusal(
    'staff_unknown',
    404,
    { zh: '没有这位员工。', en: 'There is no such member of staff.' },
    { zh: '请从员工列表中选择。', en: 'Choose one from the list of staff.' },
  );

export const staffIsYou = (): Refusal =>
  refusal(
    'staff_is_you',
    409,
    { zh: '不能停用您自己。', en: 'You cannot disable yourself.' },
    { zh: '请让另一位管理员操作。', en: 'Ask another administrator.' },
  );

export const apiKeyUnknown = (): Refusal =>
  refusal(
    'api_key_unknown',
    404,
    { zh: '没有这个接口密钥。', en: 'There is no such API key.' },
    { zh: '请从密钥列表中选择。', en: 'Choose one from the list of keys.' },
  );

export const expiryPast = (): Refusal =>
  refusal(
    'expiry_past',
    422,
    { zh: '失效时间已过。', en: 'The expiry lies in the past.' },
    { zh: '请给出将来的时间，或不设失效时间。', en: 'Give a time to come, or none.' },
  );

/** An org is handed to its people once; from then on they keep their staff themselves. */
export const ownerThere = (): Refusal =>
  refusal(
    'owner_there',
    409,
    { zh: '该机构已有老板账号。', en: 'The org has an owner already.' },
    { zh: '请由该机构的老板自行添加员工。', en: 'Let its owner make further staff.' },
  );

/** One of each, for the page of problems. */
export const accessRefusals: readonly Refusal[] = [
  signInFailed(),
  signInLocked(900),
  tokenInvalid(),
  notASession(),
  loginTaken('wang'),
  grantBeyondYours('offer.publish'),
  storeNotYours('0190b3f0-0000-7000-8000-000000000000'),
  staffUnknown(),
  staffIsYou(),
  apiKeyUnknown(),
  expiryPast(),
  ownerThere(),
];
