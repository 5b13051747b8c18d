import { readApiKey, readLogins } from './logins.ts';

export interface WelcomeAsked {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Whether this start filled the database: then the logins are printed too. */
  readonly seeded: boolean;
  readonly seconds: number;
}

/** What a start prints: addresses, and after the first one the logins and a first sale. */
export function welcomeText({ host, port, dataDir, seeded, seconds }: WelcomeAsked): string {
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  const logins = readLogins(dataDir);
  const key = readApiKey(dataDir);
  const lines = [
    `Tillback is ready after ${seconds.toFixed(1)} s.`,
    '',
    `  Console  ${url}/m`,
    `  Till     ${url}/pos`,
    `  API      ${url}/v1`,
    `  Docs     ${url}/docs`,
    `  Health   ${url}/health`,
    ...(logins === null ? [] : [`  Logins   ${dataDir}/logins.txt`]),
    ...(key === null ? [] : [`  API key  ${dataDir}/api-key.txt`]),
    '',
  ];
  if (seeded && logins !== null) lines.push(logins.trimEnd(), '');
  if (seeded && key !== null) lines.push('A first sale:', '', firstSale(url, key), '');
  lines.push('Ctrl-C stops it in good order.');
  return lines.join('\n');
}

/** Two jasmine teas and a cup, to a member, as a command for a shell. */
function firstSale(url: string, key: string): string {
  const sale = {
    store: 'lanting-1',
    lines: [
      { sku: 'CUP-JM', quantity: 2 },
      { sku: 'CUP-1', quantity: 1 },
    ],
    member: { phone: '13800138000' },
    tenders: [{ kind: 'cash', tendered: 10_000 }],
  };
  return [
    `curl -s ${url}/v1/payments \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Idempotency-Key: first-sale-1' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(sale)}'`,
  ].join('\n');
}
