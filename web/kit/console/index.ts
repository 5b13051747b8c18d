export { Answer } from './state.tsx';
export { ConsoleTheme } from './theme.tsx';
export { useAnswer } from './use-answer.ts';
