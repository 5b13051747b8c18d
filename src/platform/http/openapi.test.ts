import { expect, test } from 'vitest';
import { z } from 'zod';
import { answer, bind, operation, pageOf, pageQuery, uuid } from '#platform/contract';
import { openApiOf } from './openapi.ts';
import { platformRefusals } from './refusals.ts';

const thing = z.strictObject({ thing_id: z.uuid(), fen: z.int() }).meta({ id: 'Thing' });
const common = { summary: 'x', description: 'x', tags: ['Things'] } as const;
const list = operation({
  ...common,
  id: 'listThings',
  method: 'GET',
  path: '/v1/things',
  scope: 'thing.read',
  query: z.strictObject({ ...pageQuery, store_id: uuid.optional() }),
  reply: { 200: pageOf(thing) },
  refusals: ['cursor_malformed'],
});
const make = operation({
  ...common,
  id: 'makeThing',
  method: 'POST',
  path: '/v1/things',
  scope: 'thing.write',
  body: z.strictObject({ fen: z.int().meta({ examples: [1200] }), note: z.string().default('') }),
  reply: { 201: thing },
});
const routes = [
  bind(list, () => answer(200, { items: [], next_cursor: null })),
  bind(make, () => answer(201, { thing_id: '', fen: 1 })),
];
// oxlint-disable-next-line typescript/no-explicit-any -- a JSON document is walked freely
const document = openApiOf(routes, platformRefusals, '1') as any;

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    (match) => match[1] as string,
  );
  expect(references.length).toBeGreaterThan(5);
  for (const reference of references) {
    expect(
      reference.split('/').reduce((inner, key) => inner?.[key], document),
      reference,
    ).toBeTypeOf('object');
  }
});

test('a write takes a key and a body, and says how it may be refused', () => {
  const { post } = document.paths['/v1/things'];
  expect(post.parameters).toEqual([{ $ref: '#/components/parameters/IdempotencyKey' }]);
  expect(document.components.schemas.MakeThingBody).toMatchObject({
    required: ['fen'],
    additionalProperties: false,
    properties: { fen: { type: 'integer', examples: [1200] } },
  });
  expect(Object.keys(post.responses)).toEqual([
    '201',
    '400',
    '401',
    '403',
    '409',
    '422',
    'default',
  ]);
  expect(post.description).toContain('`thing.write`');
});

test('a list takes a limit and a cursor', () => {
  const { get } = document.paths['/v1/things'];
  expect(get.parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
    'limit',
    'cursor',
    'store_id',
  ]);
  expect(get.parameters.every((parameter: { required: boolean }) => !parameter.required)).toBe(
    true,
  );
});

test('a refusal that nobody declared is found out', () => {
  const odd = { ...list, refusals: ['no_such_code'] };
  expect(() =>
    openApiOf(
      [bind(odd, () => answer(200, { items: [], next_cursor: null }))],
      platformRefusals,
      '1',
    ),
  ).toThrow(/unknown refusal no_such_code/);
});
