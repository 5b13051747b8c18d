import { Command, InvalidArgumentError, Option } from 'commander';
import { addDays } from '#kernel/day';
import { settingsHelp } from '#platform/config';
import { terminalLocale } from './locale.ts';
import { VERSION } from './version.ts';

const FOOT = `
Settings, as environment variables:
${settingsHelp()}

Exit codes: 0 done; 1 refused, or not as it must be; 2 wrongly called or set up; 130 interrupted.
Messages are in Chinese where LANG begins with zh, else in English.`;

function speed(text: string): number {
  if (text === 'max') return Infinity;
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Give "max", or tickets per second above 0.');
  return value;
}

function days(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 3_660)
    throw new InvalidArgumentError('Give a whole number of days from 0 to 3660.');
  return value;
}

function code(text: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text))
    throw new InvalidArgumentError('Give lower-case letters, digits and hyphens, at most 40.');
  return text;
}

function dayText(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !isDay(text))
    throw new InvalidArgumentError('Give a day such as 2026-11-21.');
  return text;
}

function isDay(text: string): boolean {
  try {
    return addDays(text, 0) === text;
  } catch {
    return false;
  }
}

function months(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 24)
    throw new InvalidArgumentError('Give a number of months from 1 to 24.');
  return value;
}

// A command loads the rooms only when it runs: help must be quick.
const program = new Command('tillback')
  .description(
    'Payment and marketing in one. `npm start` starts the product; these commands work on its books.',
  )
  .version(VERSION)
  .addHelpText('after', FOOT)
  .showHelpAfterError('Run "npx tillback help" for what there is.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('audit')
  .description('prove that all books hold: exit 0 if they do, 1 with the rows that break a rule')
  .option('--json', 'one JSON object on standard output')
  .addOption(
    new Option(
      '--org <code>',
      'only the book of this org, without what holds over all books together',
    ).argParser(code),
  )
  .copyInheritedSettings(program)
  .action(async (options) => {
    const [{ runCommand }, { auditCommand }] = await Promise.all([
      import('./run-command.ts'),
      import('./audit-command.ts'),
    ]);
    await runCommand(locale, (opened) => auditCommand(opened, options, locale));
  });

program
  .command('replay')
  .argument('<file>', 'tickets in the layout of UCI Online Retail, .csv or .csv.gz')
  .description('send the tickets of a file, sales and returns, through the verbs of payments')
  .option('--json', 'one JSON object on standard output')
  .option(
    '--speed <max|number>',
    'tickets per second; the result does not depend on it',
    speed,
    Infinity,
  )
  .option(
    '--merchant <code>',
    'sandbox merchant to take them; default: one named after the file',
    code,
  )
  .option(
    '--offers <file>',
    'the offers to replay them with; default: sim/offers/replay-default.json',
  )
  .option('--members [file]', 'also what every member has in the end, or that into a CSV file')
  .option(
    '--settle-days <number>',
    'days that the clock runs on behind the last ticket, so that what waits arrives',
    days,
    0,
  )
  .option('--quiet', 'no progress bar')
  .copyInheritedSettings(program)
  .action(async (file, options) => {
    const [{ runCommand }, { replayCommand }] = await Promise.all([
      import('./run-command.ts'),
      import('./replay-command.ts'),
    ]);
    await runCommand(locale, (opened) => replayCommand(opened, file, options, locale));
  });

program
  .command('simulate')
  .description('try an offer on the past payments of a merchant, and change nothing')
  .requiredOption(
    '--offer <code|file>',
    'an offer by its code: its draft, else what is live; or a JSON file',
  )
  .addOption(
    new Option('--org <code>', 'the merchant; may be left out where there is one only').argParser(
      code,
    ),
  )
  .addOption(
    new Option('--from <day>', 'first business day, such as 2026-11-01').argParser(dayText),
  )
  .addOption(
    new Option('--to <day>', 'last business day; default: the last with a sale').argParser(dayText),
  )
  .addOption(
    new Option('--months <number>', 'so many months up to --to; default: 3')
      .argParser(months)
      .conflicts('from'),
  )
  .option('--json', 'one JSON object on standard output')
  .option('--quiet', 'no progress bar')
  .copyInheritedSettings(program)
  .action(async (options) => {
    const [{ runCommand }, { simulateCommand }] = await Promise.all([
      import('./run-command.ts'),
      import('./simulate-command.ts'),
    ]);
    await runCommand(locale, (opened) => simulateCommand(opened, options, locale));
  });

const locale = terminalLocale();
if (process.argv.length <= 2) program.help({ error: true });
await program.parseAsync();
