/** `release`: the steps of a release as a demonstration agency, with the progress of its jobs. */
import { setTimeout as wait } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { askAs, gatewayAddress, type Answer } from './running-gateway.ts';
import { filesCommand } from './release-files.ts';
import { UsageError } from './usage.ts';

interface Common {
  readonly as: string;
  readonly subject?: string;
  readonly lang: string;
  readonly url?: string;
}

type Variables = Record<string, unknown>;

const pollMillis = 1_000;

async function askOrFail(common: Common, query: string, variables: Variables): Promise<Variables> {
  const { as, subject, lang, url } = common;
  const question = { query, variables, subject, language: lang };
  const answer: Answer = await askAs(as, url ?? gatewayAddress(), question);
  const [error] = answer.errors ?? [];
  if (error) throw new UsageError(error.message);
  return answer.data ?? {};
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

interface Job {
  readonly state: 'RUNNING' | 'DONE' | 'FAILED';
  readonly step: string | null;
  readonly done: number;
  readonly total: number;
  readonly message: string | null;
}

const jobFields = 'state step done total message';

/** One line that is written over on a terminal; elsewhere a line for each step. */
function showProgress({ step, done, total }: Job, before: Job | null): void {
  const text = total > 0 ? `${step} ${done}/${total}` : (step ?? '...');
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (step !== before?.step) process.stderr.write(`${text}\n`);
}

/** Waits for the job of a release that a mutation has started. */
async function follow(common: Common, code: string, started: Job): Promise<Job> {
  const query = `query Job($code: ID!) { node(id: $code) { ... on Release { job { ${jobFields} } } } }`;
  const id = Buffer.from(`Release:${code}`).toString('base64');
  let job = started;
  let before: Job | null = null;
  while (job.state === 'RUNNING') {
    showProgress(job, before);
    before = job;
    await wait(pollMillis);
    const data = await askOrFail(common, query, { code: id });
    job = (data['node'] as { job: Job }).job;
  }
  if (process.stderr.isTTY && before) process.stderr.write('\r\x1b[K');
  if (job.state === 'FAILED') throw new UsageError(job.message ?? 'FAILED');
  return job;
}

/** A step of one mutation, whose options are its variables. */
function step(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--as <agency>', 'who takes the step, such as si-dien-bien or steward-vn')
    .option('--subject <post>', 'who acts, where a second person is needed')
    .addOption(
      new Option('--lang <language>', 'the language of errors').choices(['en', 'vi']).default('en'),
    )
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out');
}

/** CODE or CODE@VINTAGE. */
function areaKey(text: string): Variables {
  const [code, vintage] = text.split('@');
  return { code, ...(vintage ? { vintage } : {}) };
}

interface DraftOptions extends Common {
  readonly dataflow: string;
  readonly breakdown?: string;
  readonly area: string;
  readonly period: string;
  readonly titleVi: string;
  readonly titleEn: string;
  readonly provisional?: boolean;
  readonly exceptional?: boolean;
}

const draft = () =>
  step('draft', 'Draft a release of an area in the agency’s territory.')
    .argument('<code>', 'its code')
    .requiredOption('--dataflow <code>', 'what it holds, such as ENROLMENT_QUARTERLY')
    .option('--breakdown <dimension>', 'of debts of a province: ownership, or size')
    .requiredOption('--area <area>', 'CODE or CODE@VINTAGE, such as 11@2025-07')
    .requiredOption('--period <period>', 'such as 2026-Q2')
    .requiredOption('--title-vi <text>', 'the Vietnamese title')
    .requiredOption('--title-en <text>', 'the English title')
    .option('--provisional', 'its figures are expected to change')
    .option('--exceptional', 'it may be published without an announced instant')
    .action(async (code: string, options: DraftOptions) => {
      const { dataflow, breakdown, area, period, titleVi, titleEn } = options;
      const { provisional, exceptional } = options;
      const input = {
        code,
        dataflow,
        breakdown,
        area: areaKey(area),
        timePeriod: period,
        titleVi,
        titleEn,
        provisional,
        exceptional,
      };
      const query = `mutation Draft($input: DraftReleaseInput!) {
        draftRelease(input: $input) { code state area { nameVi } timePeriod } }`;
      print((await askOrFail(options, query, { input }))['draftRelease']);
    });

const protect = () =>
  step('protect', 'Decide which cells are shown, and attack the result.')
    .argument('<code>', 'its code')
    .option('--threshold <count>', 'the least count of persons or employers that is shown')
    .option('--p-percent <percent>', 'how close to an amount the second largest may come')
    .action(async (code: string, options: Common & { threshold?: string; pPercent?: string }) => {
      const rules = {
        ...(options.threshold ? { threshold: Number(options.threshold) } : {}),
        ...(options.pPercent ? { pPercent: Number(options.pPercent) } : {}),
      };
      const query = `mutation Protect($code: String!, $rules: ReleaseRulesInput) {
          protectRelease(code: $code, rules: $rules) { ${jobFields} } }`;
      const data = await askOrFail(options, query, { code, rules });
      print(await follow(options, code, data['protectRelease'] as Job));
    });

const approve = () =>
  step('approve', 'Attack a protected release once more and let it appear at its instant.')
    .argument('<code>', 'its code')
    .action(async (code: string, options: Common) => {
      const query = `mutation Approve($code: String!) { approveRelease(code: $code) { ${jobFields} } }`;
      const data = await askOrFail(options, query, { code });
      print(await follow(options, code, data['approveRelease'] as Job));
    });

const schedule = () =>
  step('schedule', 'Announce the instant of a release in the calendar.')
    .argument('<code>', 'its code')
    .requiredOption('--at <instant>', 'such as 2026-12-15T08:00:00+07:00')
    .action(async (code: string, options: Common & { at: string }) => {
      const query = `mutation Schedule($code: String!, $at: DateTime!) {
        scheduleRelease(code: $code, scheduledAt: $at) { code state scheduledAt } }`;
      print((await askOrFail(options, query, { code, at: options.at }))['scheduleRelease']);
    });

const withdraw = () =>
  step('withdraw', 'Take a release back at once.')
    .argument('<code>', 'its code')
    .requiredOption('--reason <text>', 'why, for its readers')
    .action(async (code: string, options: Common & { reason: string }) => {
      const query = `mutation Withdraw($code: String!, $reason: String!) {
        withdrawRelease(code: $code, reason: $reason) { code state note } }`;
      print((await askOrFail(options, query, { code, reason: options.reason }))['withdrawRelease']);
    });

const list = () =>
  step('list', 'Show the newest of the calendar, as the agency sees it.').action(
    async (options: Common) => {
      const query = `{ releases(first: 20) { nodes { code state timePeriod scheduledAt publishedAt titleEn } } }`;
      print((await askOrFail(options, query, {}))['releases']);
    },
  );

export function releaseCommand(): Command {
  return new Command('release')
    .description(
      'Draft, protect, announce, publish and withdraw releases on the running gateway, and write the published ones as files.',
    )
    .addCommand(list())
    .addCommand(draft())
    .addCommand(protect())
    .addCommand(schedule())
    .addCommand(approve())
    .addCommand(withdraw())
    .addCommand(filesCommand());
}
