import { silentLog } from '#platform/log';
import { launchPostgres } from '#platform/postgres/launch';

const postgres = await launchPostgres({ dataDir: process.argv[2] ?? '', log: silentLog() });
const { url, pid, adopted } = postgres;
process.send?.({ url, pid, adopted });
process.on('message', () => process.exit(0));
