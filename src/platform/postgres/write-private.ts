import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Root leaves what it makes in another user's folder to that user, who may start the product next. */
const leaveToOwner = (path: string): void => {
  const { uid, gid } = statSync(dirname(path));
  if (process.getuid?.() === 0 && uid !== 0) chownSync(path, uid, gid);
};

/** Writes a whole file that only its owner may read; durable before it returns. */
export const writePrivate = (path: string, text: string): void => {
  const aside = `${path}.${process.pid}.new`;
  const fd = openSync(aside, 'w', 0o600);
  writeSync(fd, text);
  fsyncSync(fd);
  closeSync(fd);
  leaveToOwner(aside);
  renameSync(aside, path);
};
