import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StartFault, readConfig, settings, settingsHelp } from './config.ts';

const faultOf = (run: () => unknown): StartFault => {
  try {
    run();
  } catch (error) {
    if (error instanceof StartFault) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('an empty environment gives the defaults', () => {
  expect(readConfig({ PORT: ' ' })).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: join(import.meta.dirname, '../../data'),
    databaseUrl: null,
    logLevel: 'info',
    seed: 'town',
    operator: { code: 'operator', name: { zh: '运营方', en: 'Operator' } },
    trustProxy: null,
  });
});

test('a relative DATA_DIR starts where the command was called', () => {
  expect(readConfig({ DATA_DIR: 'other' }).dataDir).toBe(join(process.cwd(), 'other'));
});

test.each([
  // variable        value             what the message says
  ['PORT', '80a', '"80a" is not legal. Give a whole number from 0 to 65535'],
  ['PORT', '65536', '"65536" is not legal. Give a whole number from 0 to 65535'],
  ['PORT', '-1', '"-1" is not legal'],
  ['HOST', 'a b', '"a b" is not legal. Give an IP address or a host name'],
  ['LOG_LEVEL', 'loud', 'Give fatal, error, warn, info, debug, trace, silent'],
  ['SEED', 'city', 'Give town, none'],
  ['OPERATOR_CODE', 'Our Pay', 'Give lower-case letters, digits and inner hyphens'],
  ['TRUST_PROXY', 'true', 'Give addresses and networks such as 10.0.0.1'],
  ['TRUST_PROXY', '1', 'is not legal'],
  ['TRUST_PROXY', '10.0.0.0/33', 'is not legal'],
  ['TRUST_PROXY', '10.0.0.1, all', 'is not legal'],
  [
    'DATABASE_URL',
    'mysql://u:hidden@h/d',
    'Its value is not legal. Give postgres://user:password@',
  ],
  ['TILLBACK_MASTER_KEY', 'hidden', 'Its value is not legal. Give 32 bytes in base64'],
])('%s=%s is refused in one line', (name, value, message) => {
  const fault = faultOf(() => readConfig({ [name]: value }));
  expect(fault.message).toContain(`${name}: `);
  expect(fault.message).toContain(message);
  expect(fault.message).not.toMatch(/\n|hidden/);
  expect(fault.exitCode).toBe(2);
});

test.each([
  ['10.0.0.1', ['10.0.0.1']],
  ['10.0.0.0/8, fd00::/8,loopback', ['10.0.0.0/8', 'fd00::/8', 'loopback']],
])('TRUST_PROXY=%s', (text, given) => {
  expect(readConfig({ TRUST_PROXY: text }).trustProxy).toEqual(given);
});

test('the help names every setting and its default', () => {
  for (const { name } of settings) expect(settingsHelp()).toContain(name);
  expect(settingsHelp()).toContain('(8080)');
});
