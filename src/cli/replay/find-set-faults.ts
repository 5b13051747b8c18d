import type { FieldFault } from '#kernel/refusal';
import { checkDefinition, parseDefinition } from '#offers';
import { type Books, inBooks } from './in-books.ts';
import { BRAND, type OfferSetFile } from './offer-set.ts';

/** Faults of a well-formed set that its parts show together, and those of each offer by itself. */
export function findSetFaults(file: OfferSetFile): FieldFault[] {
  const { funders, budgets, templates, stores, offers } = file;
  return [
    ...twice('funders', funders),
    ...twice('budgets', budgets),
    ...twice('templates', templates),
    ...twice('stores', stores),
    ...twice('offers', offers),
    ...budgets.flatMap((budget, at) => budgetFaults(budget, `/budgets/${at}`, funders)),
    ...offers.flatMap((offer, at) => offerFaults(offer, `/offers/${at}`, file)),
  ];
}

function twice(list: string, items: readonly { readonly code: string }[]): FieldFault[] {
  return items.flatMap(({ code }, at) => {
    const first = items.findIndex((each) => each.code === code);
    if (first === at) return [];
    const detail = {
      zh: `编码 ${code} 已用于 /${list}/${first};须各不相同`,
      en: `the code ${code} stands at /${list}/${first} already: each must be another`,
    };
    return [{ pointer: `/${list}/${at}/code`, detail }];
  });
}

function budgetFaults(
  { funder, total, chunk }: OfferSetFile['budgets'][number],
  at: string,
  funders: OfferSetFile['funders'],
): FieldFault[] {
  const faults: FieldFault[] = [];
  if (funder !== undefined && !funders.some(({ code }) => code === funder))
    faults.push(oneOf(`${at}/funder`, 'funders', funders));
  if (chunk !== undefined && chunk > total) {
    const detail = {
      zh: `须不大于 total 的 ${total} 分`,
      en: `must be at most the ${total} fen of total`,
    };
    faults.push({ pointer: `${at}/chunk`, detail });
  }
  return faults;
}

function offerFaults(
  offer: OfferSetFile['offers'][number],
  at: string,
  file: OfferSetFile,
): FieldFault[] {
  const unknown = unknownCodes(offer, at, file);
  if (unknown.length > 0) return unknown;
  const parsed = parseDefinition(inBooks(offer, placeholders(file)));
  const faults = 'faults' in parsed ? parsed.faults : checkDefinition(parsed.definition);
  return faults.map(({ pointer, detail }) => ({ pointer: at + pointer, detail }));
}

/** Stand-ins for what is made only when the set is put into the books. */
function placeholders({ funders, budgets, stores }: OfferSetFile): Books {
  const orgs = new Map(funders.map(({ code }, at) => [code, at + 1]));
  return {
    funders: orgs,
    budgets: new Map(
      budgets.map(({ code, funder = BRAND }) => [
        code,
        { id: code, funderOrg: orgs.get(funder) ?? funders.length + 1 },
      ]),
    ),
    stores: new Map(stores.map(({ code }) => [code, code])),
  };
}

/** Codes of budgets, funders and templates that the file does not define. */
function unknownCodes(
  part: unknown,
  at: string,
  known: Pick<OfferSetFile, 'funders' | 'budgets' | 'templates'>,
): FieldFault[] {
  if (typeof part !== 'object' || part === null) return [];
  const faults = Object.entries(part).flatMap(([key, inner]) =>
    unknownCodes(inner, `${at}/${key}`, known),
  );
  const fields = part as Record<string, unknown>;
  const demand = (field: string, value: unknown, list: keyof typeof known) => {
    if (typeof value !== 'string' || known[list].some(({ code }) => code === value)) return;
    faults.push(oneOf(`${at}/${field}`, list, known[list]));
  };
  if (fields['party'] === 'funder') {
    demand('budget', fields['budget'], 'budgets');
    demand('funder', fields['funder'], 'funders');
  }
  if (fields['kind'] === 'coupon') demand('template', fields['template'], 'templates');
  if (fields['type'] === 'coupon' && Array.isArray(fields['templates']))
    for (const [index, code] of fields['templates'].entries())
      demand(`templates/${index}`, code, 'templates');
  return faults;
}

function oneOf(
  pointer: string,
  list: string,
  known: readonly { readonly code: string }[],
): FieldFault {
  const codes = known.map(({ code }) => code);
  const detail =
    codes.length === 0
      ? { zh: `本文件没有 ${list}`, en: `the file defines no ${list}` }
      : {
          zh: `须为 ${list} 中的编码:${codes.join('、')}`,
          en: `must be a code of ${list}: ${codes.join(', ')}`,
        };
  return { pointer, detail };
}
