import { door } from '#wallet';

export const used = door;
