import type { FastifyRequest } from 'fastify';
import { Refused } from '#kernel/refusal';
import type { Principal } from '#platform/context';
import { demandsKey } from '#platform/contract';
import type { OperationSpec } from '#platform/contract';
import { NOBODY } from './context.ts';
import {
  idempotencyKeyMalformed,
  idempotencyKeyMissing,
  overloaded,
  scopeMissing,
  tokenMissing,
} from './refusals.ts';

/** The bearer of an Authorization header. @throws Refused 401 for a token that does not hold. */
export type Authenticate = (authorization: string) => Principal | Promise<Principal>;

export interface Load {
  inFlight: number;
  readonly inFlightMax: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
    /** Text of the body as sent, for the request hash. */
    rawText: string;
  }
}

type Done = (error?: Error) => void;

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** Lets a request in before its body is read: load, bearer, permission, Idempotency-Key. */
export function gateOf(spec: OperationSpec, authenticate: Authenticate, load: Load) {
  const isPublic = spec.scope === 'public';
  const scope = spec.scope === 'session' ? undefined : spec.scope;
  const needsKey = demandsKey(spec);

  function admit(request: FastifyRequest, principal: Principal): void {
    if (scope !== undefined && !isPublic && !principal.scopes.has(scope))
      throw new Refused(scopeMissing(scope));
    request.principal = principal;
    if (needsKey) checkKey(request.headers['idempotency-key']);
  }

  async function admitted(
    arriving: Promise<Principal>,
    request: FastifyRequest,
    done: Done,
  ): Promise<void> {
    let fault: Error | undefined;
    try {
      admit(request, await arriving);
    } catch (error) {
      fault = error as Error;
    }
    done(fault);
  }

  return function gate(request: FastifyRequest, _reply: unknown, done: Done): void {
    try {
      if (load.inFlight > load.inFlightMax) throw new Refused(overloaded());
      if (isPublic) return (admit(request, NOBODY), done());
      const { authorization } = request.headers;
      if (!authorization) throw new Refused(tokenMissing());
      const principal = authenticate(authorization);
      if (principal instanceof Promise) {
        return void admitted(principal, request, done);
      }
      admit(request, principal);
    } catch (error) {
      return done(error as Error);
    }
    done();
  };
}

function checkKey(key: string | string[] | undefined): void {
  if (key === undefined || key === '') throw new Refused(idempotencyKeyMissing());
  if (typeof key !== 'string' || !PRINTABLE.test(key)) throw new Refused(idempotencyKeyMalformed());
}
