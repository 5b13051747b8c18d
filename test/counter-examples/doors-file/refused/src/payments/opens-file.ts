import { door } from '#ledger/post';

export const used = door;
