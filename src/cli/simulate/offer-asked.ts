import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { must, Refused } from '#kernel/refusal';
import { offerOfCode, offerUnknown, type SimulationAsked } from '#offers';
import type { Ctx } from '#platform/context';
import type { App } from '../../app.ts';

/**
 * The offer of a command: a JSON file with its definition, else a code.
 * @throws Refused offer_unknown, offer_file_broken
 */
export async function offerAsked(
  app: App,
  ctx: Ctx,
  named: string,
): Promise<Pick<SimulationAsked, 'offer' | 'definition'>> {
  if (named.endsWith('.json') || existsSync(named)) return { definition: await read(named) };
  const offer = await offerOfCode(app.db, ctx.org, named);
  must(offer !== null, () => offerUnknown(named));
  return { offer };
}

async function read(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const why = (error as Error).message;
    throw new Refused({
      code: 'offer_file_broken',
      status: 422,
      detail: { zh: `无法读取优惠文件 ${path}: ${why}`, en: `The offer file ${path}: ${why}` },
      fix: {
        zh: '文件须是一个方案，格式同 POST /v1/offers。',
        en: 'It holds one offer as POST /v1/offers takes it.',
      },
    });
  }
}
