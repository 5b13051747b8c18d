import { door } from './chart.ts';

export const used = door;
