import { door } from './facts.ts';

export const used = door;
