import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { BrokenTicketFile, unreadable } from './broken-ticket-file.ts';
import { RowSplitter } from './split-rows.ts';
import type { Place, RowTaker } from './split-rows.ts';

/** How far a file is read. `bytes` and `bytesTotal` count the file as it lies on disk. */
export interface Progress {
  readonly bytes: number;
  readonly bytesTotal: number;
}

const CHUNK_BYTES = 256 * 1024;

/**
 * Streams a CSV file, plain or gzip (told by its first bytes, not by its name), and gives every
 * row after the header to `take` with its physical line. Text is UTF-8, a BOM is skipped.
 * @throws BrokenTicketFile naming line and column; Refused `ticket_file_unreadable`.
 */
export async function readRows(
  path: string,
  header: readonly string[],
  take: RowTaker,
  onProgress: (progress: Progress) => void = () => {},
): Promise<void> {
  const file = await open(path).catch((cause: Error) => {
    throw unreadable(path, cause.message);
  });
  try {
    await stream(file, path, header, take, onProgress);
  } finally {
    await file.close();
  }
}

async function stream(
  file: FileHandle,
  path: string,
  header: readonly string[],
  take: RowTaker,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const rows = new RowSplitter(path, header, take);
  const decoder = new TextDecoder();
  try {
    const bytesTotal = (await file.stat()).size;
    const gzip = await startsAsGzip(file);
    const source = file.createReadStream({
      start: 0,
      autoClose: false,
      highWaterMark: CHUNK_BYTES,
    });
    const sink = new Writable({
      highWaterMark: CHUNK_BYTES,
      write(chunk: Buffer, _encoding, done) {
        done(attempt(() => rows.take(decoder.decode(chunk, { stream: true }))));
        onProgress({ bytes: source.bytesRead, bytesTotal });
      },
      final(done) {
        done(attempt(() => rows.end(decoder.decode())));
      },
    });
    if (gzip) await pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), sink);
    else await pipeline(source, sink);
  } catch (error) {
    throw translated(error as NodeJS.ErrnoException, path, rows.place());
  }
}

function translated(error: NodeJS.ErrnoException, path: string, place: Place): Error {
  if (error.code?.startsWith('Z_')) {
    return new BrokenTicketFile({
      file: path,
      ...place,
      found: `damaged or truncated gzip (${error.message})`,
      expected: 'a whole gzip file',
    });
  }
  return error.syscall === undefined ? error : unreadable(path, error.message);
}

function attempt(work: () => void): Error | null {
  try {
    work();
    return null;
  } catch (error) {
    return error as Error;
  }
}

async function startsAsGzip(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}
