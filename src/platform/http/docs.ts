import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
export async function registerDocs(
  app: FastifyInstance,
  routes: readonly Route[],
  catalogue: readonly Refusal[],
  version: string,
): Promise<void> {
  checkCatalogue(catalogue);
  const document = JSON.stringify(openApiOf(routes, catalogue, version));
  app.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(document),
  );

  app.get('/docs/problems', (request, reply) => {
    const locale = localeOf(request.headers['accept-language']);
    guard(request, reply, () => undefined);
    reply.header('content-type', 'text/html; charset=utf-8').header('content-language', locale);
    return reply.header('vary', 'Accept-Language').send(problemsPage(catalogue, locale));
  });

  await app.register(scalar, {
    routePrefix: '/docs',
    hooks: { onRequest: guard },
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Tillback API',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    } as object,
  });
}

function guard(_request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  reply.headers({
    'content-security-policy': ONLY_SELF,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cache-control': 'public, max-age=300',
  });
  done();
}

function checkCatalogue(catalogue: readonly Refusal[]): void {
  const codes = new Set<string>();
  for (const { code } of catalogue) {
    if (codes.has(code)) throw new TypeError(`two refusals have the code ${code}`);
    codes.add(code);
  }
}
