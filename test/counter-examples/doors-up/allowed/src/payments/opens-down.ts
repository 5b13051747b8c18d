import { door } from '#ledger';

export const used = door;
