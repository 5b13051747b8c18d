import { door } from '../../ledger/post.ts';

export const used = door;
