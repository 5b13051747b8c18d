export const at = (ms: number): Date => new Date(ms);
