import type { Locale, Refusal } from '#kernel/refusal';

const HEAD = {
  zh: { title: '错误代码', code: '代码', status: '状态', detail: '说明（示例）', fix: '怎么办' },
  en: {
    title: 'Problem codes',
    code: 'Code',
    status: 'Status',
    detail: 'What was wrong (an example)',
    fix: 'What to do',
  },
} as const;

/** A page of every problem code, each with an anchor that problem documents point to. */
export function problemsPage(catalogue: readonly Refusal[], locale: Locale): string {
  const words = HEAD[locale];
  const rows = catalogue
    .toSorted((a, b) => a.status - b.status || (a.code < b.code ? -1 : 1))
    .map(
      ({ code, status, detail, fix }) =>
        `<tr id="${code}"><td><a href="#${code}"><code>${code}</code></a></td><td>${status}</td>` +
        `<td>${escaped(detail[locale])}</td><td>${escaped(fix[locale])}</td></tr>`,
    );
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title} · Tillback</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1f;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid #ddd}
tr:target{background:#fff3c4}a{color:#0b57d0}
</style></head><body><p><a href="/docs/">API</a></p><h1>${words.title}</h1>
<table><thead><tr><th>${words.code}</th><th>${words.status}</th><th>${words.detail}</th><th>${words.fix}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></body></html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
