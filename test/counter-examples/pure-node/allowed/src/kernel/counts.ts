import { door } from './money.ts';

export const used = door;
