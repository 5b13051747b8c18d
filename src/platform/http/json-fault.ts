const TOKEN =
  // oxlint-disable-next-line no-control-regex -- JSON forbids them inside strings
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

/**
 * The offset at which a text stops being JSON; its length if it only ends too early. JSON.parse names no
 * position for most faults, and a person looking for a comma in a long body needs it.
 */
export function jsonFaultAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let expect: 'value' | 'value or ]' | 'key' | 'key or }' | ':' | 'next' = 'value';
  let offset = 0;
  for (;;) {
    TOKEN.lastIndex = offset;
    const match = TOKEN.exec(text);
    const start = offset + (/^[ \t\r\n]*/.exec(text.slice(offset, offset + 1000))?.[0].length ?? 0);
    if (!match) return start;
    const [, mark, string] = match;
    const isValue = mark === undefined || mark === '{' || mark === '[';
    if (expect === 'value' || expect === 'value or ]') {
      if (mark === ']' && expect === 'value or ]') open.pop();
      else if (!isValue) return start;
      if (mark === '{' || mark === '[') open.push(mark);
      expect = mark === '{' ? 'key or }' : mark === '[' ? 'value or ]' : 'next';
    } else if (expect === 'key' || expect === 'key or }') {
      if (mark === '}' && expect === 'key or }') open.pop();
      else if (string === undefined) return start;
      expect = mark === '}' ? 'next' : ':';
    } else if (expect === ':') {
      if (mark !== ':') return start;
      expect = 'value';
    } else {
      const inside = open.at(-1);
      if (mark === ',' && inside) expect = inside === '{' ? 'key' : 'value';
      else if (mark === (inside === '{' ? '}' : ']') && inside) open.pop();
      else return start;
    }
    offset = TOKEN.lastIndex;
  }
}
