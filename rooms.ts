/** A read that a lower room needs from above: a function type in its door, filled by app.ts. */
export interface Port {
  readonly name: string;
  /** The room above that answers; null when it is the outside world. */
  readonly from: string | null;
  readonly why: string;
}

export interface Room {
  readonly name: string;
  readonly about: string;
  /** PostgreSQL schemas whose tables only this room writes. */
  readonly schemas: readonly string[];
  /** Files without node, database or HTTP, by name. `core` and `refusals` always are. */
  readonly pure: readonly string[];
  /** Folders of which every file is pure; they may use each other. */
  readonly pureFolders: readonly string[];
  /** Pure files that may hash, which gives the same for the same; the web cannot load them. */
  readonly hashing: readonly string[];
  readonly ports: readonly Port[];
}

export interface Floor {
  readonly name: string;
  readonly rooms: readonly Room[];
}

type Extra = Partial<Omit<Room, 'name' | 'about'>>;

function room(name: string, about: string, extra: Extra = {}): Room {
  return {
    name,
    about,
    schemas: [name],
    pure: [],
    pureFolders: [],
    hashing: [],
    ports: [],
    ...extra,
  };
}

/** The floors from the ground up. A room opens only doors of floors that stand before its own. */
export const floors: readonly Floor[] = [
  { name: 'kernel', rooms: [room('kernel', 'pure words', { schemas: [], pure: ['*'] })] },
  { name: 'platform', rooms: [room('platform', 'machinery that knows no room')] },
  {
    name: 'ledger',
    rooms: [
      room('ledger', 'double-entry books', {
        pure: ['chart', 'journal', 'ledger-state'],
        hashing: ['account'],
      }),
    ],
  },
  {
    name: 'parties',
    rooms: [
      room('access', 'who may do what'),
      room('merchants', 'merchants, stores, fee plans', {
        ports: [{ name: 'registerStore', from: 'acquiring', why: 'onboarding asks the channels' }],
      }),
      room('partners', 'agents, issuers, brands', {
        ports: [
          {
            name: 'knownOrgs',
            from: 'merchants',
            why: 'a budget is granted to orgs of the register',
          },
          {
            name: 'zoneOf',
            from: 'merchants',
            why: 'money is paid in on the business day of the org',
          },
        ],
      }),
    ],
  },
  {
    name: 'people and goods',
    rooms: [room('members', 'programmes and their members'), room('catalog', 'products and stock')],
  },
  {
    name: 'means',
    rooms: [
      room('acquiring', 'clients of the outside payment world'),
      room('terminals', 'the life of a device'),
      room('offers', 'offers as data and the engine that decides', {
        // The engine decides on facts alone, and what is said of it follows from them.
        pureFolders: ['rule', 'engine', 'words', 'rehearsal'],
        ports: [
          { name: 'pastSales', from: 'payments', why: 'the simulator reads past payments' },
          { name: 'templateExists', from: 'coupons', why: 'publish checks a coupon template' },
        ],
      }),
      room('rewards', 'what members and merchants are granted', {
        pure: ['reward'],
        ports: [
          { name: 'progressOf', from: 'offers', why: 'a member sees what a pool is still missing' },
        ],
      }),
      room('coupons', 'issue, claim, redeem, expire', { pure: ['coupon', 'give-back'] }),
      room('wallet', 'stored value'),
      room('messages', 'consent, quiet hours, one contact limit'),
      room('risk', 'limits, lists and holds as data'),
    ],
  },
  { name: 'payments', rooms: [room('payments', 'the sale', { pure: ['payment'] })] },
  {
    name: 'flows',
    rooms: [
      room('pos', 'machine doors'),
      room('orders', 'orders from online to a store'),
      room('settlement', 'what each party is owed'),
    ],
  },
  { name: 'care', rooms: [room('care', 'follow-up, feedback, service')] },
  { name: 'campaigns', rooms: [room('campaigns', 'segments, journeys, draws')] },
  {
    name: 'sight',
    rooms: [
      room('insights', 'reports and roll-ups'),
      room('compliance', 'watches, cases, audit export'),
      room('academy', 'courses and quizzes'),
    ],
  },
  { name: 'app', rooms: [room('cli', 'commands of `npx tillback`', { schemas: [] })] },
];

/** Files that may open a connection to another machine or listen for one. */
export const networkFiles: readonly string[] = [
  'src/platform/http*.ts',
  'src/platform/http*/**/*.ts',
  'src/platform/outside.ts',
  'src/platform/postgres/**/*.ts',
  'src/acquiring/**/*.ts',
  'src/cli/**/*.ts',
];

/** The only files that read the machine's clock. */
export const clockFiles: readonly string[] = ['src/platform/clock.ts'];

/** Files that may write to the terminal. */
export const consoleFiles: readonly string[] = ['src/main.ts', 'src/cli/**/*.ts'];

export const rooms: readonly Room[] = floors.flatMap((floor) => floor.rooms);

/** The floor's height, 0 at the ground; undefined for a name that is no room. */
export function heightOf(name: string): number | undefined {
  const height = floors.findIndex((floor) => floor.rooms.some((each) => each.name === name));
  return height < 0 ? undefined : height;
}

/** Names of the room's pure files, without `.ts`; `*` means every file. */
export function pureNames(room: Room): readonly string[] {
  return room.pure.includes('*') ? ['*'] : ['core', 'refusals', ...room.pure, ...room.hashing];
}

/** Rooms whose doors `name` may open, from the ground up. */
export function roomsBelow(name: string): readonly Room[] {
  return floors.slice(0, heightOf(name) ?? 0).flatMap((floor) => floor.rooms);
}

/** The room that alone writes the tables of a PostgreSQL schema. */
export function ownerOf(schema: string): Room | undefined {
  return rooms.find((each) => each.schemas.includes(schema));
}
