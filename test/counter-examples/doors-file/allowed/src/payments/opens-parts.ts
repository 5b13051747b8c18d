import { shape } from '#ledger/contract';
import { money } from '#ledger/core';

export const used = [shape, money];
