import { left } from '#kernel/left';

export const right = (): number => left() - 1;
