import type { z } from 'zod';

interface Def {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly valueType?: z.ZodType;
}

/** The fields an object at `path` inside `schema` may have; undefined where a union leaves it open. */
export function legalKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] | undefined {
  let here: z.ZodType | undefined = unwrapped(schema);
  for (const key of path) {
    const def: Def | undefined = here && defOf(here);
    if (!def) return undefined;
    const next: z.ZodType | undefined =
      def.type === 'object'
        ? def.shape?.[String(key)]
        : def.type === 'array'
          ? def.element
          : def.valueType;
    here = next && unwrapped(next);
  }
  const shape = here && defOf(here).shape;
  return shape && Object.keys(shape);
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const def = defOf(schema);
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined);
  return inner ? unwrapped(inner) : schema;
}

function defOf(schema: z.ZodType): Def {
  return schema.def;
}
