export const fourth = (): number => 4;
