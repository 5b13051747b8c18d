// PostgreSQL's class 08, "shut down" of class 57 and "too many connections"; Node's codes for a host that is away.
const LOST =
  /^(08...|57P0.|53300|ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOST(UNREACH|DOWN)|ENET(UNREACH|DOWN)|ENOTFOUND|EAI_AGAIN)$/;

const SAYS_LOST = /Connection terminated|not queryable|Client was closed|connection error/i;

/** Whether an error says that the database cannot be reached, or was lost on the way: the work may be tried again. */
export function isLost(error: unknown): boolean {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && LOST.test(code)) return true;
  // The socket file of a server on this machine that is down.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  return SAYS_LOST.test(message);
}
