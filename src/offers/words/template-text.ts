/** A coupon template's code without the owner in front, by which the books tell it from others. */
export function templateText(name: string): string {
  return name.replace(/^\d+\//, '');
}
