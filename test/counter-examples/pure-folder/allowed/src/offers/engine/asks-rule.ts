import { fen } from '#kernel/money';
import { rule } from '../rule/rule.ts';
import { near } from './near.ts';

export const used = [fen, rule, near];
