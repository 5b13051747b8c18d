import { door } from '#offers/core';

export const used = door;
