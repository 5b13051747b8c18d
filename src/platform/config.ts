import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Text } from '#kernel/refusal';

/**
 * Why the program cannot start, in words for the person who started it: what is wrong and what to
 * do. It is printed without a stack, and the process ends with `exitCode`.
 */
export class StartFault extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'StartFault';
    this.exitCode = exitCode;
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const isPostgresUrl = (text: string): boolean =>
  URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);

/** 32 bytes in base64, written in the one way that Node writes them. */
const isMasterKey = (text: string): boolean => {
  const key = Buffer.from(text, 'base64');
  return key.length === 32 && key.toString('base64') === text;
};

/** The proxies whose word on a caller's address is believed, as addresses and networks; null is nobody's. */
export type TrustProxy = string[] | null;

const network = z.union([
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
  z.enum(['loopback', 'linklocal', 'uniquelocal']),
]);

const shape = {
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535),
  HOST: z.string().regex(/^[A-Za-z0-9.:_-]+$/),
  DATA_DIR: z.string().min(1),
  DATABASE_URL: z.string().refine(isPostgresUrl),
  LOG_LEVEL: z.enum(LOG_LEVELS),
  SEED: z.enum(['town', 'none']),
  OPERATOR_CODE: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/),
  OPERATOR_NAME: z
    .string()
    .max(60)
    .regex(/^\P{Cc}+$/u),
  TRUST_PROXY: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(network)),
  TILLBACK_MASTER_KEY: z.string().refine(isMasterKey),
};

type Name = keyof typeof shape;

export interface Setting {
  readonly name: Name;
  /** The text used when the variable is absent or empty; null leaves it out. */
  readonly default: string | null;
  readonly meaning: string;
  readonly legal: string;
  /** True when the value holds a password and must not be printed. */
  readonly secret?: boolean;
}

/** Every setting of the product, in the order in which help and README print them. */
export const settings: readonly Setting[] = [
  {
    name: 'PORT',
    default: '8080',
    meaning: 'TCP port of the HTTP server',
    legal: 'a whole number from 0 to 65535 (0 takes any free port)',
  },
  {
    name: 'HOST',
    default: '127.0.0.1',
    meaning: 'address to listen on; 0.0.0.0 listens to the whole network',
    legal: 'an IP address or a host name',
  },
  {
    name: 'DATA_DIR',
    default: './data',
    meaning: 'folder of the database and keys, readable by its owner only',
    legal: 'the path of a folder that this user may write to',
  },
  {
    name: 'DATABASE_URL',
    default: null,
    meaning: 'a PostgreSQL server (15 or later) to use in place of the embedded one',
    legal: 'postgres://user:password@host:port/database',
    secret: true,
  },
  {
    name: 'LOG_LEVEL',
    default: 'info',
    meaning: 'least serious log line that is written',
    legal: LOG_LEVELS.join(', '),
  },
  {
    name: 'SEED',
    default: 'town',
    meaning: 'what an empty database is filled with: a small town to try, or only an operator',
    legal: 'town, none',
  },
  {
    name: 'OPERATOR_CODE',
    default: 'operator',
    meaning: 'with SEED=none, the code by which the operator signs in; it never changes',
    legal: 'lower-case letters, digits and inner hyphens, at most 40',
  },
  {
    name: 'OPERATOR_NAME',
    default: null,
    meaning: "with SEED=none, the operator's name in every language; else 运营方 and Operator",
    legal: 'at most 60 characters',
  },
  {
    name: 'TRUST_PROXY',
    default: null,
    meaning: "whose X-Forwarded-For is believed: the proxies before the product; else nobody's",
    legal: 'addresses and networks such as 10.0.0.1, 10.0.0.0/8, loopback',
  },
  {
    name: 'TILLBACK_MASTER_KEY',
    default: null,
    meaning: 'the key that seals personal data, in place of the file master.key in DATA_DIR',
    legal: '32 bytes in base64, the same as before',
    secret: true,
  },
];

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly dataDir: string;
  /** Null: start the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly seed: 'town' | 'none';
  /** Whom an empty database without a town is given. */
  readonly operator: { readonly code: string; readonly name: Text };
  readonly trustProxy: TrustProxy;
}

type Values = { [K in Name]: z.output<(typeof shape)[K]> | null };

const readSetting = (setting: Setting, env: NodeJS.ProcessEnv): unknown => {
  const given = env[setting.name]?.trim();
  const text = given === undefined || given === '' ? setting.default : given;
  if (text === null) return null;
  const parsed = shape[setting.name].safeParse(text);
  if (parsed.success) return parsed.data;
  const shown = setting.secret === true ? 'Its value' : JSON.stringify(text);
  throw new StartFault(`${setting.name}: ${shown} is not legal. Give ${setting.legal}.`, 2);
};

/** The default stands beside the program, wherever a command is called from. */
const ROOT = join(import.meta.dirname, '..', '..');

const absolute = (path: string, given: string | undefined): string =>
  given?.trim() ? resolve(path) : resolve(ROOT, path);

/** Reads the settings from the environment. Throws a StartFault (exit code 2) at the first wrong one. */
export const readConfig = (env: NodeJS.ProcessEnv = process.env): Config => {
  const values = Object.fromEntries(settings.map((s) => [s.name, readSetting(s, env)])) as Values;
  return {
    port: values.PORT ?? 0,
    host: values.HOST ?? '',
    dataDir: absolute(values.DATA_DIR ?? '.', env['DATA_DIR']),
    databaseUrl: values.DATABASE_URL,
    logLevel: values.LOG_LEVEL ?? 'info',
    seed: values.SEED ?? 'town',
    operator: {
      code: values.OPERATOR_CODE ?? 'operator',
      name: { zh: values.OPERATOR_NAME ?? '运营方', en: values.OPERATOR_NAME ?? 'Operator' },
    },
    trustProxy: values.TRUST_PROXY,
  };
};

const NAME_WIDTH = Math.max(...settings.map(({ name }) => name.length));

/** The settings as lines of text for `--help`. */
export const settingsHelp = (): string =>
  settings
    .map((s) => `  ${s.name.padEnd(NAME_WIDTH)} ${s.meaning} (${s.default ?? 'not set'})`)
    .join('\n');
