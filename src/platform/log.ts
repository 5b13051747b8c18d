import { pino } from 'pino';
import type { Logger } from 'pino';

export type Log = Logger;

/** Names whose values never reach a log line, at the top of the logged object or one level below. */
const SECRET = ['password', 'secret', 'token', 'pan', 'pin', 'authorization', 'cookie'];

/**
 * Writes one JSON object a line to standard output, synchronously, so that the last line before a
 * crash is there. Secrets are blanked.
 * @param fd 2 for a command, whose standard output is its answer
 */
export const makeLog = (level: string, fd: 1 | 2 = 1): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
    },
    pino.destination({ fd, sync: true }),
  );

/** A log for tests that do not look at it. */
export const silentLog = (): Log => pino({ level: 'silent' });
