import { door } from '#platform/clock';

export const used = door;
