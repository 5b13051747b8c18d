import type { Condition, Definition } from '../rule/definition.ts';

export function hasThreshold(
  benefits: Definition['benefits'],
  conditions: Condition | undefined,
): boolean {
  return (
    benefits.some(
      (benefit) =>
        benefit.spend !== undefined ||
        (benefit.kind === 'discount' && benefit.off.by === 'tiered') ||
        ('earn' in benefit && 'steps' in benefit.earn),
    ) ||
    (conditions !== undefined && asksAmount(conditions))
  );
}

function asksAmount(condition: Condition): boolean {
  if ('of' in condition) return condition.type !== 'none' && condition.of.some(asksAmount);
  return (
    condition.type === 'basket_amount' ||
    condition.type === 'basket_quantity' ||
    condition.type === 'contains'
  );
}

export function asksCoupon(condition: Condition): boolean {
  if ('of' in condition) return condition.type !== 'none' && condition.of.some(asksCoupon);
  return condition.type === 'coupon';
}
