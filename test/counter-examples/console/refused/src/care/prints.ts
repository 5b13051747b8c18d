export const print = (line: string): void => console.log(line);
