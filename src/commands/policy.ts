/** `policy diff`, `policy check` and `policy accept`: a change of the policy is seen and accepted. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import type { Accepted } from '../policy/accepted.ts';
import type { PolicyState } from '../policy/state.ts';
import { parseLanguage, UsageError } from './usage.ts';

/** As diff(1): 1 says that there are differences, 2 that there is trouble. */
const trouble = 2;

/** Reads or writes something of the policy; what goes wrong names it and is said to people. */
function about<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${name}: ${(error as Error).message}`, trouble);
  }
}

async function presentState(): Promise<PolicyState> {
  const { buildSchemas, policyTable } = await import('../schema.ts');
  const { stateOf } = await import('../policy/state.ts');
  return stateOf(buildSchemas().full, policyTable);
}

async function readAccepted(file: string): Promise<Accepted | null> {
  const { parseAccepted } = await import('../policy/accepted.ts');
  if (!existsSync(file)) return null;
  return about(file, () => parseAccepted(readFileSync(file, 'utf8')));
}

async function lastAccepted(file: string): Promise<PolicyState> {
  const { acceptedState } = await import('../policy/accepted.ts');
  const accepted = await readAccepted(file);
  if (!accepted) {
    const message = `${path.relative('.', file)}: Nothing is accepted yet; run "lienthong policy accept --reason ...".`;
    throw new UsageError(message, trouble);
  }
  return about(file, () => acceptedState(accepted));
}

/** The committed print of a git revision. */
async function textOfRevision(revision: string): Promise<string> {
  const { policyFile } = await import('../platform/paths.ts');
  const [cwd, file] = [path.dirname(policyFile), path.basename(policyFile)];
  try {
    return execFileSync('git', ['show', `${revision}:./${file}`], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    const reason =
      code === 'ENOENT'
        ? 'it is no file, and there is no git to look for a revision of that name'
        : `it is no file, and git knows no policy.json of such a revision (${stderr?.trim().split('\n')[0] ?? ''})`;
    throw new UsageError(`${revision}: ${reason}. Name a file or a revision.`, trouble);
  }
}

/** "present", "accepted", a file, or a git revision. */
async function readStateOf(name: string, acceptedFile: string): Promise<PolicyState> {
  const { parseState } = await import('../policy/state.ts');
  if (name === 'present') return presentState();
  if (name === 'accepted') return lastAccepted(acceptedFile);
  if (name === '' || name.startsWith('-')) {
    throw new UsageError(`"${name}" is no name of a file or a revision.`, trouble);
  }
  const text = existsSync(name)
    ? about(name, () => readFileSync(name, 'utf8'))
    : await textOfRevision(name);
  return about(name, () => parseState(text));
}

interface CommonOptions {
  readonly accepted?: string;
  readonly lang: string;
}

async function acceptedFileOf({ accepted }: CommonOptions): Promise<string> {
  const { acceptedPolicyFile } = await import('../platform/paths.ts');
  return accepted ?? acceptedPolicyFile;
}

const states = 'present, accepted, a file such as schema/policy.json, or a git revision';

const withCommon = (command: Command) =>
  command
    .option('--accepted <file>', 'the accepted changes; schema/accepted.json when left out')
    .option('--lang <language>', 'en or vi', 'en');

function diffCommand(): Command {
  return withCommon(new Command('diff'))
    .description(
      'Tell what each role can now learn and no longer learn. Ends with 0 without differences, 1 with, 2 in trouble.',
    )
    .argument('[old]', `the policy before: ${states}`, 'accepted')
    .argument('[new]', `the policy after: ${states}`, 'present')
    .option('--json', 'print the differences as JSON')
    .action(
      async (old: string, later: string, options: CommonOptions & { readonly json?: boolean }) => {
        const { diffPolicies, isSame } = await import('../policy/diff.ts');
        const { describeDiff } = await import('../policy/describe-diff.ts');
        const language = parseLanguage(options.lang);
        const file = await acceptedFileOf(options);
        const diff = diffPolicies(await readStateOf(old, file), await readStateOf(later, file));
        const json = `${JSON.stringify(diff, null, 2)}\n`;
        process.stdout.write(options.json ? json : describeDiff(diff, language));
        if (!isSame(diff)) process.exitCode = 1;
      },
    );
}

const sentences = {
  en: {
    accepted: 'The policy is the accepted one.\n',
    unaccepted:
      'The policy differs from the accepted one. Read the differences; if they are meant, run:\n  npx lienthong policy accept --reason "..."\n\n',
    written: (file: string) => `Accepted: ${file}\n`,
    reasonMissing: 'Say in a sentence why the change is right: --reason "...".',
    dayMalformed: (day: string) => `The date ${day} is not one; write it as 2025-07-01.`,
  },
  vi: {
    accepted: 'Chính sách đúng như đã được chấp thuận.\n',
    unaccepted:
      'Chính sách khác với bản đã được chấp thuận. Hãy đọc các khác biệt; nếu đúng ý định, hãy chạy:\n  npx lienthong policy accept --reason "..."\n\n',
    written: (file: string) => `Đã ghi chấp thuận: ${file}\n`,
    reasonMissing: 'Hãy nêu bằng một câu vì sao thay đổi là đúng: --reason "...".',
    dayMalformed: (day: string) => `Ngày ${day} không hợp lệ; hãy viết như 2025-07-01.`,
  },
} as const;

interface CheckOptions extends CommonOptions {
  readonly policy: string;
}

const withPolicy = (command: Command) =>
  withCommon(command).option('--policy <state>', `the policy meant: ${states}`, 'present');

function checkCommand(): Command {
  return withPolicy(new Command('check'))
    .description('Fail with the differences when the policy is not the accepted one.')
    .action(async (options: CheckOptions) => {
      const { diffPolicies, isSame } = await import('../policy/diff.ts');
      const { describeDiff } = await import('../policy/describe-diff.ts');
      const language = parseLanguage(options.lang);
      const file = await acceptedFileOf(options);
      const present = await readStateOf(options.policy, file);
      const diff = diffPolicies(await lastAccepted(file), present);
      const { accepted, unaccepted } = sentences[language];
      const same = isSame(diff);
      process.stdout.write(same ? accepted : `${unaccepted}${describeDiff(diff, language)}`);
      if (!same) process.exitCode = 1;
    });
}

/** Days are days in Viet Nam; the Swedish form of a date is the one of ISO 8601. */
const today = () => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });

interface AcceptOptions extends CheckOptions {
  readonly reason: string;
  readonly date?: string;
}

function acceptCommand(): Command {
  return withPolicy(new Command('accept'))
    .description('Accept the policy as it is: adds the change and its reason to the accepted ones.')
    .requiredOption('--reason <sentence>', 'why the change is right')
    .option('--date <day>', 'the day of the acceptance, as 2025-07-01; today when left out')
    .action(async (options: AcceptOptions) => {
      const { acceptChange, parseAccepted, printAccepted } = await import('../policy/accepted.ts');
      const { parseDay } = await import('../platform/scalars.ts');
      const text = sentences[parseLanguage(options.lang)];
      const reason = options.reason.trim();
      if (reason === '') throw new UsageError(text.reasonMissing, trouble);
      const date = options.date ?? today();
      if (!parseDay(date)) throw new UsageError(text.dayMalformed(date), trouble);
      const file = await acceptedFileOf(options);
      const present = await readStateOf(options.policy, file);
      const before = await readAccepted(file);
      const after = about(file, () => acceptChange(before, present, { date, reason }));
      if (after) {
        const print = printAccepted(after);
        // What cannot be read again is not written.
        about(file, () => parseAccepted(print));
        about(file, () => writeFileSync(file, print));
      }
      process.stdout.write(after ? text.written(path.relative('.', file)) : text.accepted);
    });
}

export function policyCommand(): Command {
  return new Command('policy')
    .description('See what a change of the policy opens and closes, and accept it.')
    .addCommand(diffCommand())
    .addCommand(checkCommand())
    .addCommand(acceptCommand());
}
