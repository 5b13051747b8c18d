import { door } from '#kernel/refusal';

export const used = door;
