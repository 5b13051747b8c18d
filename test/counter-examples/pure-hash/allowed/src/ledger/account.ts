import { hash } from 'node:crypto';

export const used = hash;
