import { door } from '#coupons';

export const used = door;
