/**
 * Who reads an explanation. The consumer hears nothing of funders, budgets, control groups and how things
 * are called inside; the cashier what to say and do; the merchant everything.
 */
export type Reader = 'consumer' | 'cashier' | 'merchant';

/** The public hears neither codes nor labels nor what devices are called inside. */
export type Hearer = 'public' | 'staff';
