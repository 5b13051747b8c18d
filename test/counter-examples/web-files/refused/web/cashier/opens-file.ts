import { door } from '../../src/payments/core.ts';

export const used = door;
