import type { Locale } from '#kernel/refusal';
import { amountOf } from './table-cells.ts';
import type { BudgetTold } from './tell-budgets.ts';

/** Of every budget what is left, and between which tickets it was used up. */
export function budgetRows(budgets: readonly BudgetTold[], locale: Locale): string[] {
  if (budgets.length === 0) return [];
  return [...budgets.flatMap((budget) => (locale === 'zh' ? zhRows(budget) : enRows(budget))), ''];
}

function enRows({ code, funder, total, spent, left, ...course }: BudgetTold): string[] {
  const money = (fen: number) => amountOf(fen, 'fen', 'en');
  const head = `Budget ${code} of ${funder}: ${money(spent)} of ${money(total)} spent, ${money(left)} left`;
  const { first_short: short, last_ticket: last, after_closing: after } = course;
  if (short === null) return [head];
  return [
    head,
    ...(last
      ? [`  last ticket before it closed   ${last.invoice}  ${last.time}  ${money(last.amount)}`]
      : []),
    `  first with nothing or a part   ${short.invoice}  ${short.time}  ${money(short.amount)}`,
    ...(after.grants > 0
      ? [`  then of what returns gave back ${after.grants} grants, ${money(after.amount)}`]
      : []),
  ];
}

function zhRows({ code, funder, total, spent, left, ...course }: BudgetTold): string[] {
  const money = (fen: number) => amountOf(fen, 'fen', 'zh');
  const head = `预算 ${code} (${funder}): 共 ${money(total)}, 已用 ${money(spent)}, 剩余 ${money(left)}`;
  const { first_short: short, last_ticket: last, after_closing: after } = course;
  if (short === null) return [head];
  return [
    head,
    ...(last ? [`  用完前最后一笔   ${last.invoice}  ${last.time}  ${money(last.amount)}`] : []),
    `  首笔不足或落空   ${short.invoice}  ${short.time}  ${money(short.amount)}`,
    ...(after.grants > 0 ? [`  退回后再次发放   ${after.grants} 笔, ${money(after.amount)}`] : []),
  ];
}
