import { globSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ROOT = import.meta.dirname;
const CONTRACTS = join(ROOT, '..', 'src', '*', 'contract.ts');

/** Method and path of every operation by its id, so that the browser need not load the contracts themselves. */
function operations(): Plugin {
  const name = 'virtual:operations';
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : null),
    async load(id) {
      if (id !== `\0${name}`) return null;
      const table: Record<string, readonly [string, string]> = {};
      for (const file of globSync(CONTRACTS)) {
        const contract = (await import(file)) as Record<string, unknown>;
        for (const value of Object.values<unknown>(contract)) {
          if (isOperation(value)) table[value.id] = [value.method, value.path];
        }
      }
      return `export default ${JSON.stringify(table)}`;
    },
  };
}

interface Spoken {
  readonly id: string;
  readonly method: string;
  readonly path: string;
}

function isOperation(value: unknown): value is Spoken {
  return typeof value === 'object' && value !== null && 'path' in value && 'method' in value;
}

/** Every asset stands beside its compressed twins, so that the server compresses nothing. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const [fileName, item] of Object.entries(bundle)) {
        if (!/\.(?:js|css|html|svg)$/.test(fileName)) continue;
        const source = Buffer.from(item.type === 'chunk' ? item.code : item.source);
        const brotli = brotliCompressSync(source, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
        });
        this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotli });
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source) });
      }
    },
  };
}

export default defineConfig({
  root: ROOT,
  base: '/',
  plugins: [operations(), react(), compressed()],
  build: {
    outDir: join(ROOT, 'dist'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: ['cashier', 'merchant', 'operator'].map((app) => join(ROOT, app, 'index.html')),
    },
  },
});
