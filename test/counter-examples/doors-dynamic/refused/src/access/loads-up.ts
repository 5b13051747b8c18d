export const load = (): Promise<unknown> => import('#payments');
