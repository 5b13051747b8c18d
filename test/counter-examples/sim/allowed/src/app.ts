import { door } from '../sim/banks.ts';

export const used = door;
