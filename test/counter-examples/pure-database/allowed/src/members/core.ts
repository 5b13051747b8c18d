import { fen } from '#kernel/money';

export const used = fen;
