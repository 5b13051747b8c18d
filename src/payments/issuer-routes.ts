import { answer, bind, type Route } from '#platform/contract';
import { decodeCursor, page } from '#platform/http/page';
import { issuerOf, listIssuers } from './bin/issuer-of.ts';
import * as contract from './contract.ts';

/** What the BIN table knows: it is the same for every org. */
export const issuerRoutes: readonly Route[] = [
  bind(contract.listIssuers, (_ctx, { query: { limit, cursor, q = '' } }) => {
    const list = `issuers:${q}`;
    const after = (decodeCursor(list, cursor)?.[0] ?? '') as string;
    const sought = q.toUpperCase();
    const found = listIssuers().filter(
      ({ code, name }) => code > after && (code.includes(sought) || name.includes(q)),
    );
    return answer(
      200,
      page(found.slice(0, limit + 1), limit, list, ({ code }) => [code]),
    );
  }),
  bind(contract.getBin, (_ctx, { params: { bin }, query: { length } }) => {
    const { issuer, bankName, kind, scheme, ranges } = issuerOf(bin, length);
    return answer(200, {
      bin,
      issuer,
      bank_name: bankName,
      kind,
      scheme,
      ranges: ranges.map(({ prefix, cardLength, issuer: code, bankName: name, kind: of }) => ({
        prefix,
        length: cardLength,
        issuer: code,
        bank_name: name,
        kind: of,
      })),
    });
  }),
];
