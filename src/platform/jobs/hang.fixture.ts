import { openDatabase } from '#platform/db/transact';
import { openJobs } from './open-jobs.ts';

/** Takes a job and never ends it. */
const [url, name] = process.argv.slice(2) as [string, string];
const work = () => {
  process.stdout.write('begun\n');
  return new Promise<void>(() => undefined);
};
openJobs({
  db: openDatabase(url, 2),
  kinds: [{ name, work }],
  working: true,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
  pollMs: 500,
});
