import type { Bench, Figure } from './figure.ts';
import { engineMatch } from './engine-match.ts';
import { faults } from './faults.ts';
import { growth } from './growth.ts';
import { ledger } from './ledger.ts';
import { saleHttp } from './sale-http.ts';
import { simulate } from './simulate.ts';

/** The benchmarks by name, in the order in which `npm run bench` runs them. */
const BENCHES: Readonly<Record<string, Bench>> = {
  'sale-http': saleHttp,
  ledger,
  growth,
  'engine-match': engineMatch,
  faults,
  simulate,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`,
  );
  process.exit(2);
}
const tell = (figure: Figure) => console.log(JSON.stringify(figure));
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench(tell);
}
