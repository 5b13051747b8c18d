import pg from 'pg';
import { StartFault } from '#platform/config';

const OLDEST = 150_000;
const WAIT_MS = 15_000;

/**
 * Connects as the user of `url`, who owns the schema.
 * @throws StartFault that says why this server or database cannot be used, and what to do.
 */
export async function connectOwner(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tillback-migrate',
    connectionTimeoutMillis: WAIT_MS,
  });
  // A server that dies under an idle client reports it as an event, which must have a listener.
  client.on('error', () => undefined);
  await client.connect().catch((error: Error) => {
    throw new StartFault(whyNot(error, client), 1);
  });
  try {
    await demandServer(client);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

type Address = Pick<pg.Client, 'host' | 'port' | 'user' | 'database'>;

const SILENT = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT)$/;
const UNNAMED = /^(ENOTFOUND|EAI_.*)$/;

/** Why a connection failed, in one sentence, and what to do in another. Never names the password. */
function whyNot(error: Error, { host, port, user = '', database = '' }: Address): string {
  const { code = '', message } = error as { code?: string; message: string };
  const where = `${host}:${port}`;
  if (UNNAMED.test(code))
    return `DATABASE_URL: the host ${host} is not known here (${code}). Correct its name, or the network's name service.`;
  if (SILENT.test(code) || /timeout|terminated/.test(message))
    return `DATABASE_URL: no PostgreSQL answers at ${where} (${code || message}). Start it there, or correct host and port.`;
  if (code === '28P01' || /password must be|no password|SASL/i.test(message))
    return `DATABASE_URL: the server at ${where} does not accept the password of the user ${user}. Correct user and password.`;
  if (code === '28000')
    return `DATABASE_URL: the server at ${where} does not let the user ${user} in: ${message}. Correct the user, or let the server's pg_hba.conf admit it.`;
  if (code === '3D000')
    return `DATABASE_URL: the server at ${where} has no database ${database}. Correct its name, or make it: CREATE DATABASE ${named(database)} OWNER ${named(user)};`;
  if (code === '42501')
    return `DATABASE_URL: the user ${user} may not connect to the database ${database} at ${where}. Let the database belong to it: ALTER DATABASE ${named(database)} OWNER TO ${named(user)};`;
  return `DATABASE_URL: the server at ${where} cannot be used: ${oneLine(message)}. Correct what it names and start again.`;
}

/** A failure of the schema's changes that the person who runs the server can mend; else undefined. */
export function rightsFault(error: unknown, { user = '', database = '' }: Address) {
  const { code, message = '' } = ((error as Error).cause ?? error) as {
    code?: string;
    message?: string;
  };
  if (code === '25006')
    return new StartFault(
      `DATABASE_URL: the database ${database} can only be read there. Give the server that is written to, not a standby.`,
    );
  if (code !== '42501') return undefined;
  return new StartFault(
    `DATABASE_URL: the user ${user} may not change the database ${database}: ${oneLine(message)}. ` +
      `Let database and schemas belong to it: ALTER DATABASE ${named(database)} OWNER TO ${named(user)};`,
  );
}

async function demandServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string; encoding: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version,
            current_setting('server_encoding') as encoding`,
  );
  const { number, version, encoding } = rows[0] as (typeof rows)[0];
  if (number < OLDEST)
    throw new StartFault(
      `DATABASE_URL: the server is PostgreSQL ${version}. Give one of version 15 or later.`,
    );
  if (encoding !== 'UTF8')
    throw new StartFault(
      `DATABASE_URL: the database ${client.database} has the encoding ${encoding}. ` +
        `Give one that has UTF8: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0;`,
    );
}

/** A name as SQL takes it. */
export function named(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : pg.escapeIdentifier(name);
}

function oneLine(message: string): string {
  return message
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}
