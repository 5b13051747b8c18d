import { createCipheriv, createDecipheriv, hash, hkdfSync, randomFillSync } from 'node:crypto';
import { MASTER_KEY_BYTES } from './load-master-key.ts';

export { loadMasterKey } from './load-master-key.ts';

/** Where a sealed value stands. A value moved to another row, column or org does not open. */
export interface FieldPlace {
  /** Schema-qualified, as "members.member". */
  readonly table: string;
  readonly column: string;
  readonly org: number;
  /** The row's id within its table and org. */
  readonly row: string;
}

/** Seals fields of personal data. Every org has keys of its own, made from the master key. */
export interface Vault {
  /** AES-256-GCM, as text "<key id>.<base64url of nonce, tag and ciphertext>". */
  seal(place: FieldPlace, text: string): string;
  /** @throws Error if the value was sealed elsewhere, altered, or sealed under a master key not given. */
  open(place: FieldPlace, sealed: string): string;
  /** HMAC-SHA-256 under the org's key: equal texts of one org meet, and nobody else can tell. 32 bytes. */
  blind(org: number, text: string): Buffer;
  /** HMAC-SHA-256 under a key of the product, for requests that are only compared: none can be guessed from it. 32 bytes. */
  readonly digest: (text: string) => Buffer;
  /** Names the master key in sealed values; tells nothing of it. */
  readonly keyId: string;
}

/** HMAC's two key blocks; the outer one has room for the inner digest behind it. */
interface MacKey {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

interface OrgKeys extends MacKey {
  readonly seal: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const BLOCK_BYTES = 64;
const ORGS_KEPT_MAX = 10_000;

/**
 * @param masterKey 32 bytes; seals and blinds.
 * @param retired earlier master keys, which still open what they sealed.
 */
export function openVault(masterKey: Buffer, retired: readonly Buffer[] = []): Vault {
  const keyId = keyIdOf(masterKey);
  const keysOf = orgKeys(masterKey);
  const requests = macKey(derived(masterKey, 'request'));
  const byId = new Map([[keyId, keysOf]]);
  for (const old of retired) byId.set(keyIdOf(old), orgKeys(old));
  return {
    keyId,
    seal: (place, text) => `${keyId}.${sealed(keysOf(place.org).seal, place, text)}`,
    open(place, value) {
      const [id = '', bytes = ''] = value.split('.', 2);
      const keys = byId.get(id);
      if (!keys) throw new Error(`a value of ${place.table} is sealed under the master key ${id}`);
      return opened(keys(place.org).seal, place, bytes);
    },
    blind: (org, text) => blinded(keysOf(org), text),
    digest: (text) => blinded(requests, text),
  };
}

function orgKeys(masterKey: Buffer): (org: number) => OrgKeys {
  if (masterKey.length !== MASTER_KEY_BYTES) throw new RangeError('a master key has 32 bytes');
  const kept = new Map<number, OrgKeys>();
  return (org) => {
    let keys = kept.get(org);
    if (!keys) {
      if (kept.size >= ORGS_KEPT_MAX) kept.clear();
      keys = {
        seal: derived(masterKey, `seal/${org}`),
        ...macKey(derived(masterKey, `blind/${org}`)),
      };
      kept.set(org, keys);
    }
    return keys;
  };
}

function derived(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', `tillback/field/1/${purpose}`, 32));
}

function keyIdOf(masterKey: Buffer): string {
  return derived(masterKey, 'id').toString('hex').slice(0, 8);
}

function sealed(key: Buffer, place: FieldPlace, text: string): string {
  const nonce = randomFillSync(Buffer.alloc(NONCE_BYTES));
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(labelOf(place));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

function opened(key: Buffer, place: FieldPlace, value: string): string {
  const bytes = Buffer.from(value, 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, options);
  decipher.setAAD(labelOf(place)).setAuthTag(tag);
  const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
  return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
}

function labelOf({ table, column, org, row }: FieldPlace): Buffer {
  return Buffer.from(JSON.stringify([table, column, org, row]));
}

function macKey(key: Buffer): MacKey {
  return { inner: padded(key, 0x36, BLOCK_BYTES), outer: padded(key, 0x5c, BLOCK_BYTES + 32) };
}

function padded(key: Buffer, pad: number, bytes: number): Buffer {
  const block = Buffer.alloc(bytes, pad);
  key.forEach((byte, index) => (block[index] = byte ^ pad));
  return block;
}

// HMAC (RFC 2104) by hand over two one-shot hashes: createHmac takes half as long again, and every sale
// pays for it.
function blinded({ inner, outer }: MacKey, text: string): Buffer {
  const message = Buffer.allocUnsafe(BLOCK_BYTES + Buffer.byteLength(text));
  message.set(inner);
  message.write(text, BLOCK_BYTES);
  outer.write(hash('sha256', message, 'binary'), BLOCK_BYTES, 'binary');
  return hash('sha256', outer, 'buffer');
}
