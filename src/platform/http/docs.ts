import fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Refusal } from '#kernel/refusal';
import type { Route } from '#platform/contract';
import { localeOf } from './locale.ts';
import { openApiOf } from './openapi.ts';
import { problemsPage } from './problems-page.ts';

// Everything comes from this server, so the documents can be read without the internet.
const ONLY_SELF =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** /openapi.json, /docs (Scalar) and /docs/problems. @throws TypeError if contracts contradict each other. */
export function registerDocs(
  app: FastifyInstance,
  routes: readonly Route[],
  catalogue: readonly Refusal[],
  version: string,
): void {
  checkCatalogue(catalogue);
  const document = JSON.stringify(openApiOf(routes, catalogue, version));
  app.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(document),
  );

  app.get('/docs/problems', (request, reply) => {
    const locale = localeOf(request.headers['accept-language']);
    guard(reply).headers({ 'content-language': locale, vary: 'Accept-Language' });
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .send(problemsPage(catalogue, locale));
  });

  let reader: Promise<FastifyInstance> | undefined;
  app.get('/docs', (_request, reply) => reply.redirect('/docs/', 301));
  for (const url of ['/docs/', '/docs/js/scalar.js']) {
    app.get(url, async (_request, reply) => {
      const page = await (await (reader ??= openReader())).inject(url);
      return guard(reply)
        .header('content-type', page.headers['content-type'])
        .send(page.rawPayload);
    });
  }
}

/** Scalar's bundle takes 40 MB of memory, so it is read when somebody first opens the page. */
async function openReader(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const reader = fastify({ logger: false });
  const configuration = {
    url: '/openapi.json',
    pageTitle: 'Tillback API',
    withDefaultFonts: false,
    telemetry: false,
    hideClientButton: true,
    showDeveloperTools: 'never',
    agent: { disabled: true },
    mcp: { disabled: true },
  };
  await reader.register(scalar, { routePrefix: '/docs', configuration: configuration as object });
  return reader;
}

function guard(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'content-security-policy': ONLY_SELF,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cache-control': 'public, max-age=300',
  });
}

function checkCatalogue(catalogue: readonly Refusal[]): void {
  const codes = new Set<string>();
  for (const { code } of catalogue) {
    if (codes.has(code)) throw new TypeError(`two refusals have the code ${code}`);
    codes.add(code);
  }
}
