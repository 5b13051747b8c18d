import { door } from './banks.ts';

export const used = door;
