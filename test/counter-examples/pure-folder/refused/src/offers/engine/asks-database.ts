import { transact } from '#platform/db/transact';

export const used = transact;
