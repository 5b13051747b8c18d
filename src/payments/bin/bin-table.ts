import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import type { CardFacts } from '#offers';

export type CardKind = NonNullable<CardFacts['kind']>;

/** One range of the table: card numbers of `cardLength` digits that begin with `prefix`. */
export interface BinEntry {
  readonly prefix: string;
  readonly cardLength: number;
  readonly issuer: string;
  readonly bankName: string;
  readonly kind: CardKind;
}

/** A bank that issues cards, by its code in the table: "ICBC". */
export interface Issuer {
  readonly code: string;
  readonly name: string;
  /** How many ranges it has; a bank without any is never found by a card. */
  readonly bins: number;
}

export interface BinTable {
  readonly byPrefix: ReadonlyMap<string, readonly BinEntry[]>;
  readonly shortest: number;
  readonly longest: number;
  /** By code. */
  readonly issuers: readonly Issuer[];
  readonly issuerByCode: ReadonlyMap<string, Issuer>;
}

const KINDS: Readonly<Record<string, CardKind>> = {
  DC: 'debit',
  CC: 'credit',
  SCC: 'semi_credit',
  PC: 'prepaid',
};

let table: BinTable | undefined;

/** The table, read at its first use. Source and licence: NOTICES.md. */
export function binTable(): BinTable {
  return (table ??= read());
}

function read(): BinTable {
  const byPrefix = new Map<string, BinEntry[]>();
  const counts = new Map<string, number>();
  for (const row of rowsOf('cn-card-bin.csv')) {
    const entry = entryOf(row);
    const list = byPrefix.get(entry.prefix);
    if (list) list.push(entry);
    else byPrefix.set(entry.prefix, [entry]);
    counts.set(entry.issuer, (counts.get(entry.issuer) ?? 0) + 1);
  }
  const issuers = rowsOf('cn-banks.csv')
    .map(({ bank_code: code = '', bank_name: name = '' }) => ({
      code,
      name,
      bins: counts.get(code) ?? 0,
    }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const lengths = Array.from(byPrefix.keys(), (prefix) => prefix.length);
  return {
    byPrefix,
    shortest: Math.min(...lengths),
    longest: Math.max(...lengths),
    issuers,
    issuerByCode: new Map(issuers.map((issuer) => [issuer.code, issuer])),
  };
}

type Row = Readonly<Record<string, string>>;

function rowsOf(file: string): readonly Row[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const { data, errors } = Papa.parse<Row>(text, { header: true, skipEmptyLines: true });
  const [error] = errors;
  if (error) throw new Error(`${file}, row ${error.row}: ${error.message}`);
  return data;
}

function entryOf(row: Row): BinEntry {
  const { bin: prefix = '', card_length, bank_code: issuer = '', bank_name: bankName = '' } = row;
  const kind = KINDS[row['card_type'] ?? ''];
  const cardLength = Number(card_length);
  if (!/^\d{3,10}$/.test(prefix) || !(cardLength >= 13 && cardLength <= 19) || !kind)
    throw new Error(`cn-card-bin.csv: not a range: ${JSON.stringify(row)}`);
  return { prefix, cardLength, issuer, bankName, kind };
}
