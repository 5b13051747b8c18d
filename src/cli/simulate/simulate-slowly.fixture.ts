import { carryOutSimulation } from '#offers';
import { pastSales } from '#payments';
import { pause } from '#platform/clock';
import { openDatabase } from '#platform/db/transact';

/** Carries a simulation out in small steps, so that it can be killed in the middle of them. */
const [url, org, id] = process.argv.slice(2) as [string, string, string];
const db = openDatabase(url, 3);
const past = pastSales(db);
const done = await carryOutSimulation({
  db,
  past: {
    ...past,
    page: async (of, span, after) => {
      await pause(15);
      return past.page(of, span, after, 20);
    },
  },
  org: Number(org),
  id,
  signal: new AbortController().signal,
  keepEveryMs: 40,
  patient: true,
  onProgress: (sales) => process.stdout.write(`${sales}\n`),
});
await db.close();
process.stdout.write(`${done}\n`);
