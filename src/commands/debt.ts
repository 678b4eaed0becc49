/** `debt identify` and `debt forget`: the operator’s monthly identification, and how long changes are kept, such as from cron. */
import { Command, Option } from 'commander';
import { startProgress } from './progress.ts';
import { explain, UsageError } from './usage.ts';
import type { Reader } from '../platform/context.ts';
import type { Area, DebtIdentification } from '../platform/prisma/client.ts';
import type { Language } from '../platform/errors.ts';
import type { JobTools } from '../platform/job.ts';
import type { Scope } from '../platform/scope.ts';

interface Options {
  readonly area?: string;
  readonly all?: boolean;
  readonly asOf: string;
  readonly lang: Language;
}

/** What is printed of a province: its run, or why there is none. */
type Told = Readonly<Record<string, unknown>>;

const doneOf = (run: DebtIdentification): Told => ({
  run: run.id,
  state: run.state,
  knownAt: run.knownAt.toISOString(),
  employers: run.employers,
  positions: run.positions,
  states: run.states,
  withoutState: run.reasons,
});

/** Ends the work at SIGINT or SIGTERM; what runs is then told to have failed. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopping.abort(new Error(signal)));
  }
  return stopping.signal;
}

/** The one that is named, or all. */
async function placesOf(reader: Reader, area: string | undefined): Promise<Area[]> {
  const { findArea } = await import('../area/data.ts');
  const { provincesWithOffice } = await import('../debt/operator-data.ts');
  if (area === undefined) return provincesWithOffice(reader);
  const [code = '', vintage] = area.split('@');
  return [await findArea(reader, { code, vintage })];
}

async function identifyAll({ area, asOf, lang }: Options): Promise<Told[]> {
  const { identifyAsOperator } = await import('../debt/identify.ts');
  const { operatorScope, withOwnerDatabase } = await import('../debt/operator-data.ts');
  const { PublicError, sentence } = await import('../platform/errors.ts');
  const { refusalOf } = await import('../platform/database-errors.ts');
  const { withScope } = await import('../platform/scope.ts');
  const { withOwnerPool } = await import('./owner-client.ts');

  /** What was refused, in the gateway's words; what is ours is told to whoever runs it, and stops no other province. */
  const refused = (error: unknown, place: string): Told => {
    const said = error instanceof PublicError ? error : refusalOf(error);
    if (!said) return { state: 'FAILED', errorCode: 'INTERNAL', message: explain(error) };
    // The sentence about areas speaks of a filter.
    const message =
      said.code === 'AREA_NOT_PROVINCE'
        ? `Debt is identified for a whole province or city, and ${place} is neither.`
        : sentence(said.code, said.parameters, lang);
    return { state: 'FAILED', errorCode: said.code, message };
  };
  // A promise of Prisma runs where it is awaited.
  const within =
    (scope: Scope): JobTools['reach'] =>
    (work, more = {}) =>
      withScope({ ...scope, ...more }, async () => await work());
  const signal = stopSignal();

  const work = async (db: Reader['db']): Promise<Told[]> => {
    const begun = within(await operatorScope({ db }));
    const places = await begun(() => placesOf({ db }, area)).catch((error: unknown) => {
      const { errorCode, message } = refused(error, String(area));
      throw new UsageError(`${String(errorCode)}: ${String(message)}`);
    });
    const told: Told[] = [];
    for (const { id, nameVi } of places) {
      // Each run rests on what is known when it begins.
      const scope = await operatorScope({ db });
      const progress = startProgress(id);
      try {
        if (signal.aborted) throw new PublicError('JOB_LOST');
        const run = await identifyAsOperator(
          { db },
          {
            area: id,
            day: asOf,
            onProgress: ({ step, done, total }) => {
              if (step === 'JUDGE') progress.show(done, total);
            },
          },
          { reach: within(scope), signal },
        );
        progress.show(1, 1);
        told.push({ area: id, nameVi, asOf, ...doneOf(run) });
      } catch (error) {
        told.push({ area: id, nameVi, asOf, ...refused(error, `${id} (${nameVi})`) });
      } finally {
        progress.end();
      }
    }
    return told;
  };
  return withOwnerPool((pool) => withOwnerDatabase(pool, work));
}

async function identify(options: Options): Promise<void> {
  const { parseDay } = await import('../platform/scalars.ts');
  if ((options.area === undefined) === !options.all) {
    throw new UsageError('Name a province with --area, or take --all of them.', 2);
  }
  if (!parseDay(options.asOf)) {
    throw new UsageError(`--as-of: "${options.asOf}" is no day; write one such as 2026-10-31.`, 2);
  }
  const told = await identifyAll(options);
  process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
  const failed = told.filter(({ state }) => state !== 'DONE');
  for (const { area, errorCode, message } of failed) {
    process.stderr.write(`${String(area)}: ${String(errorCode)}: ${String(message)}\n`);
  }
  if (failed.length > 0 || told.length === 0) process.exitCode = 1;
}

const identifyCommand = () =>
  new Command('identify')
    .description(
      'Apply the law to every employer of a province at the end of a day and replace all positions of that day, as the mutation `identifyDebt` does. As the tables’ owner (MIGRATION_DATABASE_URL; the embedded database while its gateway is stopped): the run and the change log name the operator, and no agency.',
    )
    .option('--area <area>', 'a province or city: CODE or CODE@VINTAGE, such as 11@2025-07')
    .option('--all', 'every province and city that a provincial insurance office serves today')
    .requiredOption('--as-of <day>', 'the day, such as the last one of a month: 2026-10-31')
    .addOption(
      new Option('--lang <language>', 'the language of errors').choices(['en', 'vi']).default('en'),
    )
    .addHelpText(
      'after',
      `
Prints each province's run as JSON: how many employers were judged, how many have a position, and these by state. How far it is
goes to standard error. One after the other; one that is refused, such as while it is being identified elsewhere
(IDENTIFICATION_BUSY), stops no other. The exit code is 0 when all are done, 1 when any is not, 2 when called wrongly. Safe to
run again: a day is replaced wholly or stays as it was.`,
    )
    .action(identify);

interface ForgetOptions {
  readonly before: string;
  readonly really?: boolean;
}

async function forget({ before, really = false }: ForgetOptions): Promise<void> {
  const { dayIn, parseDay } = await import('../platform/scalars.ts');
  const { asOwner } = await import('./owner-client.ts');
  if (!parseDay(before)) {
    throw new UsageError(`--before: "${before}" is no day; write one such as 2026-10-01.`, 2);
  }
  if (before > dayIn(new Date())) {
    throw new UsageError(
      `--before: ${before} has not come yet; changes to come can’t be forgotten.`,
      2,
    );
  }
  const forgotten = await asOwner(async (owner) => {
    await owner.query('savepoint counted');
    const { rows } = await owner.query<{ forgotten: string }>(
      'select forget_debt_changes($1)::text as forgotten',
      [`${before}T00:00:00+07:00`],
    );
    if (!really) await owner.query('rollback to savepoint counted');
    return rows[0]!.forgotten;
  });
  process.stdout.write(
    really
      ? `Forgot ${forgotten} changes.\n`
      : `Would forget ${forgotten} changes. Add --really.\n`,
  );
}

const forgetCommand = () =>
  new Command('forget')
    .description(
      'Forget what `debtChanges` tells of before a day, as the tables’ owner; facts, positions and the change log stay. Whoever has not looked since then is asked to begin again (RESYNC_REQUIRED). Without --really it only counts.',
    )
    .requiredOption('--before <day>', 'changes of this day and later are kept, such as 2025-11-01')
    .option('--really', 'forget')
    .action(forget);

export const debtCommand = () =>
  new Command('debt')
    .description('The operator’s work on contribution debt.')
    .addCommand(identifyCommand())
    .addCommand(forgetCommand());
