import type { Sale } from '#payments';

export type Seen = readonly Sale[];
