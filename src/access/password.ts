import { hash, verify } from '@node-rs/argon2';

// Algorithm 2 is argon2id, and this is OWASP's first choice for it: 19 MiB, two passes, one lane.
const COST = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** The argon2id hash of a password; about 30 ms. Make it before a transaction begins. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let nobodys: Promise<string> | undefined;

/** Compares in the same time whether or not there is a hash to compare with. */
export async function passwordHolds(
  stored: string | undefined,
  password: string,
): Promise<boolean> {
  nobodys ??= hashPassword('a password that nobody has');
  const holds = await verify(stored ?? (await nobodys), password.normalize('NFKC'));
  return holds && stored !== undefined;
}
