import { shape } from '#payments/contract';
import { price } from '#offers/core';
import { fen } from '#kernel/money';
import { call } from '#kit/client';

export const used = [shape, price, fen, call];
