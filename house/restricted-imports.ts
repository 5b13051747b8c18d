import { floors, pureNames, type Floor, type Room } from '../rooms.ts';

/** One entry of `no-restricted-imports`. The message starts with the name of the house rule. */
export interface Pattern {
  readonly message: string;
  readonly group?: readonly string[];
  readonly regex?: string;
  readonly allowImportNames?: readonly string[];
}

export const messages = {
  doors: 'doors: open only the doors of floors nearer the ground (see rooms.ts).',
  inside: 'inside: relative imports stay inside the room; other rooms are reached by their door.',
  pure: 'pure: a pure core uses no node, no database, no HTTP and no door but #kernel and #x/core.',
  pureFriends: 'pure-friends: a pure core imports only pure files of its room.',
  network: 'network: only the files named in rooms.ts open connections.',
  sim: 'sim: the product imports the simulators only in src/app.ts.',
  product: 'product: the product never imports tests or benches.',
  web: 'web: a web app sees only #x/contract, #x/core, #kernel and #kit.',
  simulator: 'simulator: a simulator speaks protocols; it sees only #kernel and #platform.',
} as const;

const NETWORK =
  '^(node:(http|https|http2|net|tls|dgram)|undici|axios|got|ws|mqtt|node-fetch)(/.*)?$';
const IMPURE =
  '^(pg|pg-.*|kysely|fastify|@fastify/.*|pino|prom-client|undici|axios|got|ws|mqtt|node-fetch)$';

export const network: Pattern = { regex: NETWORK, message: messages.network };
export const sim: Pattern = { regex: '^(\\.\\./)+sim/|^#sim', message: messages.sim };
export const product: Pattern = { regex: '^(\\.\\./)+(test|bench)/', message: messages.product };

function doors(allowed: readonly string[], message: string): Pattern {
  return { group: ['#*', '#*/**', ...allowed.map((each) => `!${each}`)], message };
}

function doorsBelow(floor: Floor): readonly string[] {
  const allowed = ['#kernel/*'];
  if (floor.name !== 'kernel') allowed.push('#platform/**');
  const opened = roomsUnder(floor).map(({ name }) => [
    `#${name}`,
    `#${name}/contract`,
    `#${name}/core`,
  ]);
  return [...allowed, ...opened.flat()];
}

function roomsUnder(floor: Floor): readonly Room[] {
  return floors
    .slice(0, floors.indexOf(floor))
    .flatMap((below) => below.rooms)
    .filter(({ name }) => name !== 'kernel' && name !== 'platform');
}

/** `depth` counts folders inside the room. */
export function roomPatterns(floor: Floor, depth: 0 | 1): readonly Pattern[] {
  return [{ ...inside[depth], message: messages.inside }, doorsOf(floor), sim, product];
}

/** Tests beside the code keep the floors; they may also use the shared test folder. */
export function testPatterns(floor: Floor, depth: 0 | 1): readonly Pattern[] {
  const shared = `!../../${'../'.repeat(depth)}test/**`;
  const group = [...inside[depth].group, shared];
  return [{ group, message: messages.inside }, doorsOf(floor), sim];
}

const inside = [
  { group: ['../**'] },
  { group: ['../**', '!../*', '!../*/*', '../../**'] },
] as const;

function doorsOf(floor: Floor): Pattern {
  return doors(doorsBelow(floor), messages.doors);
}

/** `hashing` admits `hash` of node:crypto and nothing else of node. */
export function purePatterns(floor: Floor, room: Room, hashing: boolean): readonly Pattern[] {
  const cores = roomsUnder(floor).map(({ name }) => `#${name}/core`);
  const friends = pureNames(room).map((each) => `!./${each}.ts`);
  const node = ['node:*', 'node:*/**', ...(hashing ? ['!node:crypto'] : [])];
  const hash = { regex: '^node:crypto$', allowImportNames: ['hash'], message: messages.pure };
  return [
    { regex: IMPURE, message: messages.pure },
    ...(hashing ? [hash] : []),
    { group: node, message: messages.pure },
    doors(['#kernel/*', ...cores], messages.pure),
    { group: ['./**', '../**', ...friends], message: messages.pureFriends },
  ];
}

/** For a folder that is pure as a whole: its own files, and those of the room's other pure folders. */
export function pureFolderPatterns(floor: Floor, room: Room): readonly Pattern[] {
  const cores = roomsUnder(floor).map(({ name }) => `#${name}/core`);
  const friends = room.pureFolders.flatMap((folder) => [`!../${folder}`, `!../${folder}/*`]);
  return [
    { regex: IMPURE, message: messages.pure },
    { group: ['node:*', 'node:*/**'], message: messages.pure },
    doors(['#kernel/*', ...cores], messages.pure),
    { group: ['../**', ...friends], message: messages.pureFriends },
  ];
}

export const webPatterns: readonly Pattern[] = [
  doors(['#kernel/*', '#kit/*', '#*/contract', '#*/core'], messages.web),
  { regex: '^(\\.\\./)+(src|sim)/', message: messages.web },
];

export const simPatterns: readonly Pattern[] = [
  doors(['#kernel/*', '#platform/**'], messages.simulator),
  { regex: '^(\\.\\./)+src/', message: messages.simulator },
];
