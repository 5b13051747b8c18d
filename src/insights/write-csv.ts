import Papa from 'papaparse';
import { Raw } from '#platform/contract';

/** UTF-8 with a byte order mark, so that spreadsheets read Chinese; no cell begins a formula. */
export function csv(name: string, columns: readonly string[], rows: readonly object[]): Raw {
  const text = Papa.unparse([...rows], {
    columns: [...columns],
    escapeFormulae: true,
    newline: '\r\n',
  });
  const body = rows.length === 0 ? columns.join(',') : text;
  return new Raw(200, `\uFEFF${body}\r\n`, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
  });
}

/** Whether the caller prefers CSV. */
export function wantsCsv(accept: string): boolean {
  return /(^|,)\s*text\/csv\s*(;|,|$)/i.test(accept);
}
