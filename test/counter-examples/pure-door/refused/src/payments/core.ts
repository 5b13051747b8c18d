import { door } from '#offers';

export const used = door;
