import { door } from './till.ts';

export const used = door;
