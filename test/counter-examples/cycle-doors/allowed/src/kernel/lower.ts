export const lower = (): number => 4;
