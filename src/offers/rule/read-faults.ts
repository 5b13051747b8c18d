import type { z } from 'zod';
import type { FieldFault, Text } from '#kernel/refusal';
import { zhOf } from './values.ts';

const SHAPES: Readonly<Record<string, Text>> = {
  object: { zh: '须为对象 {…}', en: 'must be an object' },
  array: { zh: '须为列表 […]', en: 'must be a list' },
};

/** What is wrong with the form of an input: a JSON pointer each, and what would be legal. */
export function faultsIn(error: z.ZodError, input: unknown): FieldFault[] {
  return error.issues.map((issue) => faultOf(issue, input));
}

function faultOf(issue: z.core.$ZodIssue, input: unknown): FieldFault {
  const pointer = issue.path.map((step) => `/${escaped(String(step))}`).join('');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ');
    return {
      pointer,
      detail: { zh: `没有这些字段:${keys};请删除`, en: `unknown fields: ${keys}; remove them` },
    };
  }
  if (issue.code === 'invalid_type' && issue.path.length > 0 && isMissing(issue, input))
    return { pointer, detail: { zh: '此项必填', en: 'must be given' } };
  const shape = issue.code === 'invalid_type' ? SHAPES[issue.expected] : undefined;
  if (shape) return { pointer, detail: shape };
  const zh = zhOf(issue.message);
  const detail: Text =
    zh === undefined
      ? { zh: `此项类型不对(${issue.message})`, en: issue.message }
      : { zh, en: issue.message };
  return { pointer, detail };
}

function isMissing({ path }: z.core.$ZodIssue, input: unknown): boolean {
  let at = input;
  for (const step of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return at === undefined;
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
