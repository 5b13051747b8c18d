import { lower } from '#kernel/lower';

export const upper = (): number => lower() + 1;
