import type { Socket } from 'node:net';
import { newRequestId } from './context.ts';
import { PROBLEM_TYPE, problemOf } from './problem.ts';
import { badRequest } from './refusals.ts';

const LINES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers bytes that are no HTTP request, for which there is no request object. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const line = LINES[error.code ?? ''] ?? '400 Bad Request';
  const problem = {
    ...problemOf(badRequest(), 'zh', '', newRequestId()),
    status: Number.parseInt(line, 10),
  };
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${line}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-language: zh\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
