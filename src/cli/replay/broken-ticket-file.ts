import { Refused } from '#kernel/refusal';

/** Where a ticket file is broken. `line` is physical and counts from 1, the header included. */
export interface Break {
  readonly file: string;
  readonly line: number;
  /** The column's name in the header; null where the break concerns no single column. */
  readonly column: string | null;
  /** What stands there, at most 60 characters of it. */
  readonly found: string;
  readonly expected: string;
}

const LONGEST = 60;

/** A ticket file that says something impossible: `ticket_file_broken`, with the place of the break. */
export class BrokenTicketFile extends Refused {
  readonly at: Break;

  constructor(at: Break) {
    const found = at.found.length > LONGEST ? `${at.found.slice(0, LONGEST)}…` : at.found;
    const column = at.column === null ? '' : `, column ${at.column}`;
    const column_zh = at.column === null ? '' : ` ${at.column} 列`;
    super({
      code: 'ticket_file_broken',
      status: 422,
      detail: {
        zh: `${at.file} 第 ${at.line} 行${column_zh}: 读到 ${found}, 应为 ${at.expected}.`,
        en: `${at.file}, line ${at.line}${column}: found ${found}, expected ${at.expected}.`,
      },
      fix: {
        zh: `请修正文件第 ${at.line} 行后重新运行; 已入账的小票不会重复入账.`,
        en: `Mend the file at line ${at.line} and run again; tickets already taken are not taken twice.`,
      },
    });
    this.name = 'BrokenTicketFile';
    this.at = { ...at, found };
  }
}

/** A ticket file that cannot be opened or read at all: `ticket_file_unreadable`. */
export function unreadable(file: string, cause: string): Refused {
  return new Refused({
    code: 'ticket_file_unreadable',
    status: 422,
    detail: { zh: `无法读取 ${file}: ${cause}.`, en: `${file} cannot be read: ${cause}.` },
    fix: {
      zh: '请给出一个存在且可读的 .csv 或 .csv.gz 文件.',
      en: 'Name a .csv or .csv.gz file that exists and may be read.',
    },
  });
}
