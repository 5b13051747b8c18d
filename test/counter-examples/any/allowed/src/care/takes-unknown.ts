export const same = (value: unknown): boolean => value === 1;
