const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const PPM = 1_000_000;
const UINT32 = 2 ** 32;

/**
 * Where a member stands for a salt, 0 to 999,999: the control group of a share in ppm are the members
 * below it. The same member and salt give the same place for ever, so a share can grow without anybody
 * leaving the group; different salts give independent groups.
 *
 * FNV-1a of 32 bits over the UTF-16 units of the salt, a zero byte and the member, then the finish of
 * MurmurHash3, without which members with neighbouring ids would stand together.
 */
export function placeOf(salt: string, member: string): number {
  let hash = fnv(FNV_OFFSET, salt);
  hash = Math.imul(hash, FNV_PRIME);
  hash = finish(fnv(hash, member));
  return Math.floor(((hash >>> 0) * PPM) / UINT32);
}

function fnv(start: number, text: string): number {
  let hash = start;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), FNV_PRIME);
    hash = Math.imul(hash ^ (unit >>> 8), FNV_PRIME);
  }
  return hash;
}

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
