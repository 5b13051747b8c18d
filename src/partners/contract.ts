import { z } from 'zod';
import { fault, operation, pageOf, pageQuery, uuid } from '#platform/contract';
import { BUDGET_STATUSES, CODE } from './core.ts';

const TAG = ['Budgets'];
const SCOPE = 'budget.manage';

const printable = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((text) => !/\p{Cc}/u.test(text), fault('不能含控制字符', 'no control characters'));
const name = z
  .strictObject({ zh: printable, en: printable })
  .meta({ examples: [{ zh: '春季返现', en: 'Spring cashback' }] });
const amount = z.int().min(1);
const orgNumber = z.int().min(1);

const budget = z
  .strictObject({
    budget_id: z.uuid(),
    code: z.string(),
    name,
    total: z.int().meta({ description: 'What you mean to spend at most, in fen.' }),
    chunk: z.int().meta({ description: "What one lease lends to a merchant's book, in fen." }),
    open_to_all: z.boolean(),
    borrowers: z.array(z.int()).meta({ description: 'Orgs that may draw on it besides you.' }),
    status: z.enum(BUDGET_STATUSES),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Budget' });

const one = {
  tags: TAG,
  scope: SCOPE,
  params: z.strictObject({ budget_id: uuid }),
  reply: { 200: budget },
} as const;

export const listBudgets = operation({
  id: 'listBudgets',
  method: 'GET',
  path: '/v1/budgets',
  summary: 'List budgets',
  description: 'The budgets your org funds, by code.',
  tags: TAG,
  scope: SCOPE,
  query: z.strictObject({ ...pageQuery, status: z.enum(BUDGET_STATUSES).optional() }),
  reply: { 200: pageOf(budget) },
  refusals: ['cursor_malformed'],
});

export const openBudget = operation({
  id: 'openBudget',
  method: 'POST',
  path: '/v1/budgets',
  summary: 'Open a budget',
  description:
    'A budget your org funds. It is live at once and has no money yet. Nobody but you may draw on it unless it is ' +
    '`open_to_all` or names `borrowers`.',
  tags: TAG,
  scope: SCOPE,
  body: z.strictObject({
    code: z
      .string()
      .regex(CODE)
      .meta({ examples: ['spring-cashback'] }),
    name,
    total: amount.meta({ examples: [1_000_000] }),
    chunk: amount
      .optional()
      .meta({ description: 'Default 50,000 fen, or the total if that is less.' }),
    open_to_all: z.boolean().default(false),
    borrowers: z.array(orgNumber).max(1000).default([]),
  }),
  reply: { 201: budget },
  refusals: [
    'all_stores_needed',
    'budget_code_taken',
    'budget_chunk_too_large',
    'borrower_unknown',
  ],
});

export const pauseBudget = operation({
  ...one,
  id: 'pauseBudget',
  method: 'POST',
  path: '/v1/budgets/{budget_id}/pause',
  summary: 'Pause a budget',
  description: 'It lends no more until you resume it; what is lent already stays usable.',
  refusals: ['all_stores_needed', 'budget_unknown', 'budget_ended'],
});

export const resumeBudget = operation({
  ...one,
  id: 'resumeBudget',
  method: 'POST',
  path: '/v1/budgets/{budget_id}/resume',
  summary: 'Resume a budget',
  description: 'It lends again.',
  refusals: ['all_stores_needed', 'budget_unknown', 'budget_ended'],
});

export const endBudget = operation({
  ...one,
  id: 'endBudget',
  method: 'POST',
  path: '/v1/budgets/{budget_id}/end',
  summary: 'End a budget',
  description:
    'It lends never again, and what borrowers have not used comes home. This cannot be undone. Sent again, it brings ' +
    'home what refunds have freed since.',
  refusals: ['all_stores_needed', 'budget_unknown'],
});

export const grantBudget = operation({
  ...one,
  id: 'grantBudget',
  method: 'POST',
  path: '/v1/budgets/{budget_id}/grants',
  summary: 'Let an org draw on a budget',
  description: 'Granting twice changes nothing.',
  body: z.strictObject({ borrower: orgNumber }),
  refusals: ['all_stores_needed', 'budget_unknown', 'budget_ended', 'borrower_unknown'],
});

export const withdrawBudget = operation({
  ...one,
  id: 'withdrawBudget',
  method: 'POST',
  path: '/v1/budgets/{budget_id}/withdrawals',
  summary: 'Let an org draw on a budget no more',
  description: 'What is lent to it already stays usable. Withdrawing twice changes nothing.',
  body: z.strictObject({ borrower: orgNumber }),
  refusals: ['all_stores_needed', 'budget_unknown'],
});

export const fundBudget = operation({
  id: 'fundBudget',
  method: 'POST',
  path: '/v1/budgets/{budget_id}/funds',
  summary: 'Pay money into a budget',
  description:
    'Posted in your book at once; merchants that may draw on the budget borrow it in chunks. All that is paid in ' +
    'is never more than the total of the budget.',
  tags: TAG,
  scope: SCOPE,
  params: z.strictObject({ budget_id: uuid }),
  body: z.strictObject({ amount: amount.max(100_000_000_000).meta({ examples: [1_000_000] }) }),
  reply: {
    201: z
      .strictObject({
        budget_id: z.uuid(),
        amount: z.int(),
        left: z.int().meta({ description: 'What is left to lend, in fen.' }),
        journal_id: z.uuid(),
      })
      .meta({ id: 'BudgetFunding' }),
  },
  refusals: ['all_stores_needed', 'budget_unknown', 'budget_ended', 'budget_over_total'],
});
