import type { z } from 'zod';
import type { FieldFault, Text } from '#kernel/refusal';
import { legalKeys } from './legal-keys.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const FAULTS_MAX = 50;

/**
 * What is wrong with each field, in both languages, and what would be legal.
 * @param where prefix of the pointers: '' for the body, '/query', '/path'.
 */
export function faultsOf(
  error: z.ZodError,
  schema: z.ZodType,
  value: unknown,
  where: string,
): FieldFault[] {
  return error.issues
    .flatMap((issue) => faultsOfIssue(issue, [], schema, value, where))
    .slice(0, FAULTS_MAX);
}

function faultsOfIssue(
  issue: Issue,
  base: Path,
  schema: z.ZodType,
  value: unknown,
  where: string,
): FieldFault[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const legal = legalKeys(schema, path);
    const known: Text = legal
      ? {
          zh: `未知字段；可用字段：${legal.join('、')}`,
          en: `unknown field; legal are ${legal.join(', ')}`,
        }
      : { zh: '未知字段', en: 'unknown field' };
    return issue.keys.map((key) => ({ pointer: pointer(where, [...path, key]), detail: known }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closest(issue.errors).flatMap((inner) =>
      faultsOfIssue(inner, path, schema, value, where),
    );
  }
  return [{ pointer: pointer(where, path), detail: sentence(issue, at(value, path)) }];
}

/** Of a union's branches, the one the caller probably meant: it went deepest, then fails least. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) =>
    Math.max(0, ...issues.map((issue) => issue.path.length));
  return branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function pointer(where: string, path: Path): string {
  return (
    where +
    path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  );
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      inner !== null && typeof inner === 'object'
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: '文本', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
  null: { zh: 'null', en: 'null' },
};

const FORMATS: Readonly<Record<string, Text>> = {
  uuid: { zh: 'UUID', en: 'a UUID' },
  email: { zh: '电子邮箱', en: 'an e-mail address' },
  url: { zh: '网址', en: 'a URL' },
  datetime: {
    zh: 'ISO 8601 时间，如 2026-11-21T09:30:00+08:00',
    en: 'an ISO 8601 time such as 2026-11-21T09:30:00+08:00',
  },
  date: { zh: 'ISO 8601 日期，如 2026-11-21', en: 'an ISO 8601 date such as 2026-11-21' },
};

function sentence(issue: Issue, value: unknown): Text {
  switch (issue.code) {
    case 'invalid_type': {
      const type = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      if (value === undefined) return { zh: `必填，应为${type.zh}`, en: `required: ${type.en}` };
      return { zh: `应为${type.zh}`, en: `must be ${type.en}` };
    }
    case 'too_small':
      return bound(issue.origin, issue.inclusive ?? true, 'least', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive ?? true, 'most', issue.maximum);
    case 'invalid_format': {
      if (issue.format === 'regex')
        return { zh: `须符合格式 ${issue.pattern}`, en: `must match ${issue.pattern}` };
      const format = FORMATS[issue.format] ?? {
        zh: ` ${issue.format} 格式`,
        en: `of the format ${issue.format}`,
      };
      return { zh: `应为${format.zh}`, en: `must be ${format.en}` };
    }
    case 'invalid_value': {
      const values = issue.values.slice(0, 30).map(String).join(', ');
      const missing = value === undefined;
      return {
        zh: `${missing ? '必填，' : ''}可用的值：${values}`,
        en: `${missing ? 'required: ' : ''}one of ${values}`,
      };
    }
    case 'not_multiple_of':
      return { zh: `须是 ${issue.divisor} 的倍数`, en: `must be a multiple of ${issue.divisor}` };
    case 'invalid_union': {
      const options =
        'options' in issue && Array.isArray(issue.options)
          ? issue.options.map(String).join(', ')
          : '';
      return { zh: `可用的值：${options}`, en: `one of ${options}` };
    }
    case 'custom': {
      const text = issue.params as Partial<Text> | undefined;
      if (text?.zh && text.en) return { zh: text.zh, en: text.en };
      return { zh: `不合要求：${issue.message}`, en: issue.message };
    }
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return { zh: '不合要求', en: 'not legal' };
  }
}

function bound(
  origin: string,
  inclusive: boolean,
  side: 'least' | 'most',
  limit: number | bigint,
): Text {
  const zh = side === 'least' ? '至少' : '至多';
  if (origin === 'string')
    return { zh: `${zh} ${limit} 个字符`, en: `at ${side} ${limit} character(s)` };
  if (origin === 'array' || origin === 'set' || origin === 'map') {
    return { zh: `${zh} ${limit} 项`, en: `at ${side} ${limit} item(s)` };
  }
  if (inclusive) return { zh: `${zh}为 ${limit}`, en: `at ${side} ${limit}` };
  return side === 'least'
    ? { zh: `必须大于 ${limit}`, en: `must be more than ${limit}` }
    : { zh: `必须小于 ${limit}`, en: `must be less than ${limit}` };
}
