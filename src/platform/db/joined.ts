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
}

interface Statement {
  readonly name: string;
  readonly text: string;
}

const statements = new Map<string, Statement>();

/**
 * Gathers the changes of a batch into one statement of data-modifying CTEs. A dozen statements of a few rows
 * each cost more in parsing, binding and starting than in their rows.
 */
export function joining(tx: Tx): Joining {
  const changes: Change[] = [];
  let sent = false;
  const join: Tx['join'] = (name, text, params, expected) =>
    sent
      ? tx.join(name, text, params, expected)
      : new Promise((resolve, reject) => {
          changes.push({ name, text, params, expected, done: resolve, failed: reject });
        });
  return {
    tx: { ...tx, join },
    send() {
      sent = true;
      if (changes.length > 0) void carryOut(tx, changes);
    },
  };
}

async function carryOut(tx: Tx, changes: readonly Change[]): Promise<void> {
  try {
    const params = changes.flatMap((change) => change.params);
    const { name: statement, text } = statementOf(changes);
    const [counts = {}] = await tx.prepared<Record<string, number>>(statement, text, params);
    changes.forEach(({ name, expected, done, failed }, index) => {
      const count = counts[`c${index}`];
      if (count === expected) done();
      else failed(new Error(`${name} changed ${count} rows where ${expected} were expected`));
    });
  } catch (error) {
    for (const { failed } of changes) failed(error);
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
  const counts = changes.map((_, index) => `(select count(*) from c${index}) c${index}`);
  return `with ${parts.join(',\n')}\nselect ${counts.join(', ')}`;
}
