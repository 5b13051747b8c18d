import { right } from '#kernel/right';

export const left = (): number => right() + 1;
