import { StartFault } from '#platform/config';
import type { Database } from '#platform/db/transact';
import { loadMasterKey, openVault, type Vault } from './field.ts';

/**
 * The vault under the master key of the settings, which must be the one that this database has been sealed under
 * from its first start: under another, members are not found and their fields do not open.
 * @throws StartFault if the key is malformed, or another than before.
 */
export async function openHeldVault(
  db: Database,
  dataDir: string,
  env: NodeJS.ProcessEnv,
): Promise<Vault> {
  const vault = openVault(loadMasterKey(dataDir, env));
  const held = (await heldBy(db)) ?? (await hold(db, vault.keyId));
  if (held === vault.keyId) return vault;
  throw new StartFault(
    `The personal data of this database is sealed under the master key ${held}, and this start has the key ${vault.keyId}. ` +
      `Set TILLBACK_MASTER_KEY to the key of the first start, or bring its file master.key into ${dataDir}.`,
    2,
  );
}

async function heldBy(db: Database): Promise<string | undefined> {
  const [row] = await db.read([], (tx) =>
    tx.query<{ key_id: string }>('select key_id from platform.vault_key'),
  );
  return row?.key_id;
}

/** Of two processes that start together one holds; the other is told which. */
function hold(db: Database, keyId: string): Promise<string> {
  return db.transact([], async (tx) => {
    await tx.execute('lock table platform.vault_key in exclusive mode');
    const [row] = await tx.query<{ key_id: string }>('select key_id from platform.vault_key');
    if (row) return row.key_id;
    await tx.execute('insert into platform.vault_key (key_id) values ($1)', [keyId]);
    return keyId;
  });
}
