import { door } from '../engine/evaluate.ts';

export const used = door;
