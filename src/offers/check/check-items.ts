import type { Target } from '../rule/definition.ts';
import type { Report } from './report.ts';

/** That a choice of lines names something. */
export function checkItems(items: Target, at: string, report: Report): void {
  if (items.skus || items.categories || items.brands) return;
  report(at, '须至少写 skus、categories、brands 之一', 'must name skus, categories or brands');
}
