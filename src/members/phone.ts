import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

const LENGTH_MAX = 32;

// The small metadata takes a Chinese mobile number with a digit too few or too many for a landline.
const CHINESE_MOBILE = /^\+861[3-9]/;
const CHINESE_MOBILE_LENGTH = '+8613800138000'.length;

const REMEMBERED_MAX = 20_000;
const remembered = new Map<string, string>();

/** A phone number in E.164, "+8613800138000"; undefined if it is none. Without "+" it is Chinese. */
export function phoneOf(text: string): string | undefined {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const phone = parsedPhone(text);
  if (phone === undefined) return undefined;
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(text, phone);
  return phone;
}

function parsedPhone(text: string): string | undefined {
  if (text.length > LENGTH_MAX) return undefined;
  const phone = parsePhoneNumberFromString(text, { defaultCountry: 'CN', extract: false });
  if (!phone?.isValid() || phone.ext) return undefined;
  const { number } = phone;
  return CHINESE_MOBILE.test(number) && number.length !== CHINESE_MOBILE_LENGTH
    ? undefined
    : number;
}

/** For people who may know that it is this customer, but not how to call them: "138****1234". */
export function maskedPhone(e164: string): string {
  const phone = parsePhoneNumberFromString(e164);
  const digits = phone?.nationalNumber ?? e164.replace('+', '');
  const prefix = phone && phone.countryCallingCode !== '86' ? `+${phone.countryCallingCode} ` : '';
  const shown = digits.length >= 10 ? 3 : 0;
  const end = digits.length >= 10 ? 4 : 2;
  return `${prefix}${digits.slice(0, shown)}****${digits.slice(-end)}`;
}

/** The first character only, as is usual in China: "张*". */
export function maskedName(name: string): string {
  return `${Array.from(name)[0] ?? ''}*`;
}
