import * as access from '#access/contract';
import * as catalog from '#catalog/contract';
import * as coupons from '#coupons/contract';
import * as insights from '#insights/contract';
import * as members from '#members/contract';
import * as merchants from '#merchants/contract';
import * as offers from '#offers/contract';
import * as partners from '#partners/contract';
import * as payments from '#payments/contract';
import * as rewards from '#rewards/contract';

const contracts: readonly object[] = [
  access,
  catalog,
  coupons,
  insights,
  members,
  merchants,
  offers,
  partners,
  payments,
  rewards,
];

interface Spoken {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

/** Method and path of every operation by its id: all that the browser needs of the contracts besides their types. */
export function operationTable(): Record<string, readonly [method: string, path: string]> {
  const spoken = contracts.flatMap((contract) => Object.values<unknown>({ ...contract }));
  return Object.fromEntries(
    spoken.filter(isOperation).map(({ id, method, path }) => [id, [method, path]]),
  );
}

function isOperation(value: unknown): value is Spoken {
  return typeof value === 'object' && value !== null && 'path' in value && 'method' in value;
}
