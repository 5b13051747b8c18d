import { readFileSync, writeFileSync } from 'node:fs';
import { withFloors } from './floors-diagram.ts';
import { lintConfigText } from './lint-config.ts';

const root = new URL('../', import.meta.url);
const page = new URL('ARCHITECTURE.md', root);

writeFileSync(new URL('.oxlintrc.json', root), lintConfigText());
writeFileSync(page, withFloors(readFileSync(page, 'utf8')));
