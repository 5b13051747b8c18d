import { randomBytes } from 'node:crypto';

export const used = randomBytes;
