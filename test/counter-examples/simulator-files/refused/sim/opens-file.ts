import { door } from '../src/payments/store.ts';

export const used = door;
