import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** A web app: its path, and its folder in the build. */
export interface Page {
  readonly path: string;
  readonly folder: string;
}

export interface Pages {
  /** The folder that the build wrote. */
  readonly root: string;
  readonly apps: readonly Page[];
  /** Where "/" leads. */
  readonly home: string;
}

/** Everything from here, nothing framed; styles may stand in attributes, as the table kit writes them. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');

const FOR_GOOD = 'public, max-age=31536000, immutable';

/** Serves the web apps: each answers every path under its own, assets are compressed at the build and kept for good. */
export async function registerPages(app: FastifyInstance, pages: Pages): Promise<void> {
  if (!existsSync(pages.root)) return;
  const assets = join(pages.root, 'assets');
  await app.register(fastifyStatic, {
    root: assets,
    prefix: '/assets/',
    preCompressed: true,
    cacheControl: false,
    index: false,
    setHeaders: (reply, file) =>
      void reply.header('cache-control', file.startsWith(assets) ? FOR_GOOD : 'no-cache'),
  });
  app.get('/', (_request, reply) => reply.redirect(pages.home));
  for (const { path, folder } of pages.apps) {
    const show = (_request: unknown, reply: FastifyReply) =>
      reply
        .header('content-security-policy', POLICY)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'same-origin')
        .sendFile('index.html', join(pages.root, folder), { cacheControl: false });
    app.get(path, show);
    app.get(`${path}/*`, show);
  }
}
