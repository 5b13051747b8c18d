import { expect, test } from 'vitest';
import { localeOf } from './locale.ts';

test.each([
  [undefined, 'zh'],
  ['', 'zh'],
  ['*', 'zh'],
  ['fr', 'zh'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['fr;q=1, en;q=0.8, zh;q=0.2', 'en'],
  ['en;q=0.3, zh;q=0.7', 'zh'],
  ['en;q=0', 'zh'],
])('%j -> %s', (header, locale) => expect(localeOf(header)).toBe(locale));
