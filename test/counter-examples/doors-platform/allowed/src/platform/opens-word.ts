import { door } from '#kernel/money';

export const used = door;
