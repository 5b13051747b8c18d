import { door } from '../../test/town.ts';

export const used = door;
