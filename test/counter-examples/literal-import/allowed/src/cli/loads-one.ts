export const load = (): Promise<unknown> => import('./audit.ts');
