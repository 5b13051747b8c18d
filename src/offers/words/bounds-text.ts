import type { Text } from '#kernel/refusal';
import type { Items } from '../engine/condition.ts';
import { text } from './figures.ts';
import { names } from './lists.ts';
import { remembered } from './remembered.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** "满 5 件", "不超过 5 件", "2 至 5 件"; a bound of 0 or Infinity is none. */
export function boundsText({ min, max }: Bounds, unit: (value: number) => Text): Text {
  if (max === Infinity) return text(`满 ${unit(min).zh}`, `at least ${unit(min).en}`);
  if (min === 0) return text(`不超过 ${unit(max).zh}`, `at most ${unit(max).en}`);
  if (min === max) return text(`恰好 ${unit(min).zh}`, `exactly ${unit(min).en}`);
  return text(`介于 ${unit(min).zh}至 ${unit(max).zh}`, `${unit(min).en} to ${unit(max).en}`);
}

/** Goods as given: SKUs, categories and brands. */
export const itemsText = remembered(({ skus, categories, brands }: Items): Text =>
  names([...skus, ...categories, ...brands]),
);
