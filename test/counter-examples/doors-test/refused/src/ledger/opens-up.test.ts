import { door } from '#payments';

export const used = door;
