export const load = (): Promise<unknown> => import('#access');
