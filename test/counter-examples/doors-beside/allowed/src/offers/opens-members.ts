import { door } from '#members';

export const used = door;
