export const same = (value: any): boolean => value === 1;
