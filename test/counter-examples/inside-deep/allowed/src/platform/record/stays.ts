import { door } from '../clock.ts';

export const used = door;
