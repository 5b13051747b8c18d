import { workerData } from 'node:worker_threads';
import { carryOutSimulation } from '#offers';
import { pastSales } from '#payments';
import { openDatabase } from '#platform/db/transact';
import type { ThreadTold } from './simulate-apart.ts';

/** One for the lock, one to read a page ahead, one to write. */
const CONNECTIONS = 3;

const { url, org, id } = workerData as ThreadTold;
const { signal } = new AbortController();

const db = openDatabase(url, CONNECTIONS);
try {
  await carryOutSimulation({ db, past: pastSales(db), org, id, signal, patient: true });
} finally {
  await db.close();
}
