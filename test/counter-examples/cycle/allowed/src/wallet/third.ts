import { fourth } from './fourth.ts';

export const third = (): number => fourth() + 1;
