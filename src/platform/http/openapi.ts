import { z } from 'zod';
import type { Refusal } from '#kernel/refusal';
import { demandsKey } from '#platform/contract';
import type { OperationSpec, Route } from '#platform/contract';

type Json = Record<string, unknown>;

const PROBLEM: Json = {
  type: 'object',
  description: 'What was wrong and what to do (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code', 'fix', 'instance', 'request_id'],
  properties: {
    type: { type: 'string', description: 'Address of the explanation.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: {
      type: 'string',
      description: 'What was wrong, in the language of Accept-Language (zh or en).',
    },
    code: { type: 'string', description: 'Stable, for programs.' },
    fix: { type: 'string', description: 'What to do.' },
    instance: { type: 'string' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON pointer; /query/x and /path/x for parameters.',
          },
          detail: { type: 'string' },
        },
      },
    },
  },
};

const KEY_PARAMETER: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'One value per intent; the same request with the same key gets the same answer for 30 days.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' },
  example: '0b0a3c52-9b1f-4c59-a1d5-6f4b7a1c2d3e',
};

/** The OpenAPI 3.1 document of the operations. `catalogue` tells the status of each refusal's code. */
export function openApiOf(
  routes: readonly Route[],
  catalogue: readonly Refusal[],
  version: string,
): Json {
  const schemas: Json = { Problem: PROBLEM };
  const statuses = new Map(catalogue.map((refusal) => [refusal.code, refusal.status]));
  const paths: Record<string, Json> = {};
  for (const { operation: spec } of routes) {
    (paths[spec.path] ??= {})[spec.method.toLowerCase()] = operationOf(spec, schemas, statuses);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tillback',
      version,
      description:
        'Payment and marketing in one. Money is whole fen (CNY/100), points are whole, rates are parts per million, ' +
        'times are ISO 8601. Every `POST`, `PUT`, `PATCH` and `DELETE` needs an `Idempotency-Key`, but for what books ' +
        'nothing: signing in and out, quotes, previews, checks and the sandbox clock. Each operation lists the header ' +
        'if it needs it. Errors are problem documents in Chinese or ' +
        'English by `Accept-Language`; all codes stand at [/docs/problems](/docs/problems).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.flatMap((route) => route.operation.tags))].map((name) => ({ name })),
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      parameters: { IdempotencyKey: KEY_PARAMETER },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of a sign-in, or an API key.',
        },
      },
    },
  };
}

function operationOf(
  spec: OperationSpec,
  schemas: Json,
  statuses: ReadonlyMap<string, number>,
): Json {
  const name = spec.id.charAt(0).toUpperCase() + spec.id.slice(1);
  const scope =
    spec.scope === 'public'
      ? 'Needs no token.'
      : spec.scope === 'session'
        ? 'Needs a token.'
        : `Needs the permission \`${spec.scope}\`.`;
  return {
    operationId: spec.id,
    summary: spec.summary,
    description: `${spec.description}\n\n${scope}`,
    tags: spec.tags,
    ...(spec.scope === 'public' && { security: [] }),
    parameters: [
      ...parametersOf(spec.params, 'path', schemas),
      ...parametersOf(spec.query, 'query', schemas),
      ...(demandsKey(spec) ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
    ],
    ...(spec.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: named(spec.body, `${name}Body`, 'input', schemas) },
        },
      },
    }),
    responses: { ...repliesOf(spec, name, schemas), ...problemsOf(spec, statuses) },
  };
}

function repliesOf(spec: OperationSpec, name: string, schemas: Json): Json {
  return Object.fromEntries(
    Object.entries(spec.reply).map(([status, schema]) => {
      if (schema.def.type === 'undefined') return [status, { description: 'Done; no content.' }];
      const suffix = Object.keys(spec.reply).length > 1 ? status : '';
      const content = {
        'application/json': { schema: named(schema, `${name}Reply${suffix}`, 'output', schemas) },
      };
      return [status, { description: spec.summary, content }];
    }),
  );
}

function problemsOf(spec: OperationSpec, statuses: ReadonlyMap<string, number>): Json {
  const codes = new Map<number, string[]>();
  const add = (status: number, code: string) =>
    codes.set(status, [...(codes.get(status) ?? []), code]);
  if (demandsKey(spec)) {
    add(400, 'idempotency_key_missing');
    add(409, 'idempotency_conflict');
  }
  if (spec.body) add(400, 'malformed_json');
  if (spec.scope !== 'public') add(401, 'token_missing');
  if (spec.scope !== 'public' && spec.scope !== 'session') add(403, 'scope_missing');
  if (spec.body || spec.query || spec.params) add(422, 'invalid_request');
  if (spec.limits) add(429, 'rate_limited');
  for (const code of spec.refusals ?? []) {
    const status = statuses.get(code);
    if (status === undefined)
      throw new TypeError(`operation ${spec.id} names the unknown refusal ${code}`);
    add(status, code);
  }
  const entries = [...codes].map(([status, list]) => [
    String(status),
    problem([...new Set(list)].join(', ')),
  ]);
  return Object.fromEntries([...entries, ['default', problem('Any other problem.')]]);
}

function problem(description: string): Json {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

function parametersOf(
  schema: z.ZodObject | undefined,
  where: 'path' | 'query',
  schemas: Json,
): Json[] {
  if (!schema) return [];
  const json = converted(schema, 'input', schemas);
  const required = new Set(json['required'] as string[] | undefined);
  return Object.entries(json['properties'] as Record<string, Json>).map(([name, property]) => {
    const { description, ...rest } = property;
    return {
      name,
      in: where,
      required: where === 'path' || required.has(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

/** A reference to the schema under its own id or else `name`, adding it to the components. */
function named(schema: z.ZodType, name: string, io: 'input' | 'output', schemas: Json): Json {
  const json = converted(schema, io, schemas);
  if ('$ref' in json) return json;
  schemas[name] = json;
  return { $ref: `#/components/schemas/${name}` };
}

/** A format says more to a reader than its pattern, and every JSON integer is a safe one. */
function plain({ jsonSchema: json }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (json.format !== undefined) delete json.pattern;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
}

function converted(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: plain }) as Json;
  const {
    $schema: _,
    $defs,
    ...json
  } = JSON.parse(JSON.stringify(whole).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  for (const [id, definition] of Object.entries(($defs ?? {}) as Json)) {
    const before = schemas[id];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(definition)) {
      throw new TypeError(`two different schemas have the id ${id}`);
    }
    schemas[id] = definition;
  }
  return json;
}
