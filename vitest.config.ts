import { defineConfig } from 'vitest/config';

const code = ['src', 'sim', 'bench', 'test', 'web'];
const files = (ending: string): string[] => code.map((folder) => `${folder}/**/*${ending}`);
const database = files('.db.test.ts');
const browser = files('.web.test.ts');
const left = ['**/node_modules/**', 'test/counter-examples/**'];

/**
 * One worker keeps the modules it has loaded from file to file: several times faster, so a test
 * restores what it changes. Files that use the database share one server and run beside each other.
 */
export default defineConfig({
  test: {
    isolate: false,
    maxWorkers: 2,
    slowTestThreshold: 5000,
    reporters: [['default', { summary: false }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: files('.test.ts'),
          exclude: [...left, ...database, ...browser],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: database,
          exclude: left,
          globalSetup: ['test/database-server.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'web',
          include: browser,
          exclude: left,
          globalSetup: ['test/database-server.ts', 'test/pages/build-pages.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
