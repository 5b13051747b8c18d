import { door } from '../store.ts';

export const used = door;
