import { door } from '../coupons/claim-coupon.ts';

export const used = door;
