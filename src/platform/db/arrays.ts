/**
 * PostgreSQL arrays in the binary wire format. A Buffer parameter is sent as binary, which spares the
 * quoting of text arrays on our side and their parsing on the server's; batches are made of nothing else.
 * Source: PostgreSQL's array_send/array_recv (dimensions, null flag, element oid, then length + bytes).
 */
const OID = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  date: 1082,
  timestamptz: 1184,
  uuid: 2950,
  bytea: 17,
  jsonb: 3802,
};
const HEADER_BYTES = 20;
const POSTGRES_EPOCH_MS = 946_684_800_000;
const TWO_32 = 4_294_967_296;

export function int8s(values: readonly (number | bigint | null)[]): Buffer {
  return fixed(OID.int8, 8, values, (buffer, at, value) => {
    if (typeof value === 'bigint') return void buffer.writeBigInt64BE(value, at);
    const high = Math.floor(value / TWO_32);
    buffer.writeInt32BE(high, at);
    buffer.writeUInt32BE(value - high * TWO_32, at + 4);
  });
}

export function int4s(values: readonly (number | null)[]): Buffer {
  return fixed(OID.int4, 4, values, (buffer, at, value) => void buffer.writeInt32BE(value, at));
}

export function int2s(values: readonly (number | null)[]): Buffer {
  return fixed(OID.int2, 2, values, (buffer, at, value) => void buffer.writeInt16BE(value, at));
}

export function bools(values: readonly (boolean | null)[]): Buffer {
  return fixed(
    OID.bool,
    1,
    values,
    (buffer, at, value) => void buffer.writeUInt8(value ? 1 : 0, at),
  );
}

const NIBBLE = new Uint8Array(128).fill(255);
for (let digit = 0; digit < 16; digit++) NIBBLE[digit.toString(16).charCodeAt(0)] = digit;

/** @param values lower-case UUID text */
export function uuids(values: readonly (string | null)[]): Buffer {
  return fixed(OID.uuid, 16, values, writeUuid);
}

function writeUuid(buffer: Buffer, start: number, text: string): void {
  let at = start;
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) i++;
    const high = NIBBLE[text.charCodeAt(i)] ?? 255;
    const low = NIBBLE[text.charCodeAt(i + 1)] ?? 255;
    if ((high | low) > 15) throw new TypeError(`not a UUID: ${text}`);
    buffer[at++] = (high << 4) | low;
  }
  if (text.length !== 36) throw new TypeError(`not a UUID: ${text}`);
}

/** Instants to the millisecond; `null` stays null, `Infinity` is PostgreSQL's infinity. */
export function timestamps(values: readonly (Date | number | null)[]): Buffer {
  return fixed(OID.timestamptz, 8, values, (buffer, at, value) => {
    const ms = typeof value === 'number' ? value : value.getTime();
    if (ms === Infinity) return void buffer.writeBigInt64BE(0x7fff_ffff_ffff_ffffn, at);
    const micros = (ms - POSTGRES_EPOCH_MS) * 1000;
    const high = Math.floor(micros / TWO_32);
    buffer.writeInt32BE(high, at);
    buffer.writeUInt32BE(micros - high * TWO_32, at + 4);
  });
}

/** Text and everything that the statement casts from text: `$1::text[]`, then `x::bigint[]`, `x::jsonb`. */
export function texts(values: readonly (string | null)[]): Buffer {
  return varying(
    OID.text,
    values,
    (value) => Buffer.byteLength(value),
    (buffer, at, value) => buffer.write(value, at),
  );
}

/** @param values days as ISO text; sent as text, for `$1::text[]::date[]`. */
export function days(values: readonly (string | null)[]): Buffer {
  return texts(values);
}

export function byteas(values: readonly (Buffer | null)[]): Buffer {
  return varying(
    OID.bytea,
    values,
    (value) => value.length,
    (buffer, at, value) => value.copy(buffer, at),
  );
}

function header(oid: number, count: number, bytes: number, hasNull: boolean): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  buffer.writeInt32BE(count === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (count > 0) {
    buffer.writeInt32BE(count, 12);
    buffer.writeInt32BE(1, 16);
  }
  return buffer;
}

function fixed<T>(
  oid: number,
  width: number,
  values: readonly (T | null)[],
  write: (buffer: Buffer, at: number, value: T) => void,
): Buffer {
  const full = HEADER_BYTES + values.length * (4 + width);
  const buffer = header(oid, values.length, values.length === 0 ? 12 : full, values.includes(null));
  let at = HEADER_BYTES;
  for (const value of values) {
    if (value === null) {
      buffer.writeInt32BE(-1, at);
      at += 4;
    } else {
      buffer.writeInt32BE(width, at);
      write(buffer, at + 4, value);
      at += 4 + width;
    }
  }
  return at === buffer.length ? buffer : buffer.subarray(0, values.length === 0 ? 12 : at);
}

function varying<T>(
  oid: number,
  values: readonly (T | null)[],
  sizeOf: (value: T) => number,
  write: (buffer: Buffer, at: number, value: T) => void,
): Buffer {
  if (values.length === 0) return header(oid, 0, 12, false);
  const sizes = values.map((value) => (value === null ? -1 : sizeOf(value)));
  const bytes = sizes.reduce((sum, size) => sum + 4 + Math.max(size, 0), HEADER_BYTES);
  const buffer = header(oid, values.length, bytes, values.includes(null));
  let at = HEADER_BYTES;
  values.forEach((value, index) => {
    const size = sizes[index] as number;
    buffer.writeInt32BE(size, at);
    at += 4;
    if (value !== null) {
      write(buffer, at, value);
      at += size;
    }
  });
  return buffer;
}
