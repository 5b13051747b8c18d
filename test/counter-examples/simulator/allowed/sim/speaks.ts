import { door } from '#platform/wire/iso8583';

export const used = door;
