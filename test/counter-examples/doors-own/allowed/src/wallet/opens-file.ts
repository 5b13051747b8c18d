import { door } from './spend-value.ts';

export const used = door;
