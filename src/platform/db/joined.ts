import type { Tx } from './transact.ts';

interface Change {
  readonly name: string;
  readonly text: string;
  readonly params: readonly unknown[];
  readonly expected: number;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

export interface Joining {
  /** The transaction whose `join` gathers. */
  readonly tx: Tx;
  /** Sends what was gathered as one statement; later changes travel alone. */
  send(): void;
  /** Whether the server itself refuses every change whose row count is not as expected. */
  isProven(): boolean;
  /** From now on a statement throws: the commit is on its way. */
  close(): void;
}

interface Statement {
  readonly name: string;
  readonly text: string;
}

const statements = new Map<string, Statement>();

/**
 * Gathers the changes of a batch into one statement of data-modifying CTEs. A dozen statements of a few rows
 * each cost more in parsing, binding and starting than in their rows. The statement compares its own row counts
 * with what was expected and fails if they differ, so that the commit may travel behind it.
 */
export function joining(tx: Tx): Joining {
  const changes: Change[] = [];
  let state: 'gathering' | 'sent' | 'closed' = 'gathering';
  let proven = true;
  const open = () => {
    if (state === 'closed') throw new Error('a part issued a statement after its first await');
  };
  const alone: Tx['join'] = (name, text, params, expected) =>
    heard((done, failed) => void carryOut(tx, [{ name, text, params, expected, done, failed }]));
  const join: Tx['join'] = (name, text, params, expected) => {
    open();
    if (state === 'sent') return alone(name, text, params, expected);
    return heard((done, failed) => changes.push({ name, text, params, expected, done, failed }));
  };
  const unproven = <R>(send: () => R): R => {
    open();
    proven = false;
    return send();
  };
  return {
    tx: {
      remembered: tx.remembered,
      join,
      async change(name, text, params, expected) {
        open();
        if (expected === undefined) return tx.change(name, text, params);
        await alone(name, text, params, expected);
        return expected;
      },
      query: (text, params) => unproven(() => tx.query(text, params)),
      execute: (text, params) => unproven(() => tx.execute(text, params)),
      prepared: (name, text, params) => unproven(() => tx.prepared(name, text, params)),
    },
    send() {
      state = 'sent';
      if (changes.length > 0) void carryOut(tx, changes);
    },
    isProven: () => proven,
    close() {
      state = 'closed';
    },
  };
}

/** A promise that may fail unheard: a part that failed elsewhere no longer waits for its changes. */
function heard(start: (done: () => void, failed: (error: unknown) => void) => void): Promise<void> {
  const promise = new Promise<void>((resolve, reject) => start(resolve, reject));
  promise.catch(() => undefined);
  return promise;
}

async function carryOut(tx: Tx, changes: readonly Change[]): Promise<void> {
  try {
    const params = changes.flatMap((change) => change.params);
    params.push(`{${changes.map(({ expected }) => expected).join(',')}}`);
    const { name: statement, text } = statementOf(changes);
    await tx.prepared(statement, text, params);
    for (const { done } of changes) done();
  } catch (error) {
    const told = differing(changes, error as Error);
    for (const { failed } of changes) failed(told);
  }
}

/** The statement of a combination of changes, under a short name: PostgreSQL's names have at most 63 bytes. */
function statementOf(changes: readonly Change[]): Statement {
  let combination = '';
  for (const { name } of changes) combination += `${name}+`;
  let statement = statements.get(combination);
  if (!statement) {
    statement = { name: `joined_${statements.size}`, text: textOf(changes) };
    statements.set(combination, statement);
  }
  return statement;
}

function textOf(changes: readonly Change[]): string {
  let before = 0;
  const parts = changes.map(({ text, params }, index) => {
    const shifted = text.replaceAll(
      /\$(\d+)/g,
      (_, number: string) => `$${Number(number) + before}`,
    );
    before += params.length;
    return `c${index} as (${shifted} returning 1)`;
  });
  const counts = changes.map((_, index) => `(select count(*) from c${index})`);
  // A failing cast is the one way in plain SQL to end a statement with a message.
  return `with ${parts.join(',\n')},
n as (select array[${counts.join(', ')}] counts)
select case when counts = $${before + 1}::bigint[] then 0 else (counts::text || ' rows changed')::int end from n`;
}

const COUNTED = /"\{([\d,]+)\} rows changed"/;

function differing(changes: readonly Change[], error: Error): Error {
  const counts = COUNTED.exec(error.message)?.[1]?.split(',').map(Number);
  if (!counts) return error;
  const index = changes.findIndex(({ expected }, place) => counts[place] !== expected);
  const { name, expected } = changes[index] as Change;
  return new Error(`${name} changed ${counts[index]} rows where ${expected} were expected`);
}
