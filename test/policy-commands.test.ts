/** `lienthong policy` shows what a change opens, and fails until the change is accepted. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseState, printState, type PolicyState } from '../src/policy/state.ts';

const root = path.join(import.meta.dirname, '..');
const committed = path.join(root, 'schema/policy.json');

describe('lienthong policy', () => {
  let directory: string;
  let accepted: string;
  let opened: string;
  const present = parseState(readFileSync(committed, 'utf8'));
  beforeAll(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'lienthong-policy-'));
    accepted = path.join(directory, 'accepted.json');
    opened = path.join(directory, 'opened.json');
    cpSync(path.join(root, 'schema/accepted.json'), accepted);
    const entry = present['Query.accessRecords'];
    if (!entry) throw new Error('There is no Query.accessRecords.');
    const changes: PolicyState = {
      ...present,
      'Query.accessRecords': { ...entry, roles: ['PRESS', ...entry.roles], needs: 'ANY_GRANT' },
    };
    writeFileSync(opened, printState(changes));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawnSync(process.execPath, ['dist/cli.js', 'policy', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    return { status: child.status, out: child.stdout, err: child.stderr };
  }
  const told =
    /PRESS can now learn:\n {2}field Query\.accessRecords; needs a purpose and any grant/;

  test('diff of the same policy says so and ends with 0', () => {
    expect(run(['diff', committed, committed])).toEqual({
      status: 0,
      out: 'The two policies are the same.\n',
      err: '',
    });
  });

  test('diff of two policies tells the roles and ends with 1', () => {
    const { status, out, err } = run(['diff', committed, opened]);
    expect({ status, err }).toEqual({ status: 1, err: '' });
    expect(out).toMatch(told);
    expect(out).toContain(
      'Query.accessRecords: a purpose and a grant for it of ACCESS_LOG -> a purpose and any grant for it',
    );
    expect(run(['diff', opened, committed]).out).toContain('PRESS can no longer learn:');
    expect(run(['diff', committed, opened, '--lang', 'vi']).out).toContain('PRESS nay biết thêm:');
  });

  test('diff --json is for programs', () => {
    const { status, out } = run(['diff', committed, opened, '--json']);
    const diff = JSON.parse(out);
    expect(status).toBe(1);
    expect(diff.roles.PRESS.gained).toEqual([
      { coordinate: 'Query.accessRecords', kind: 'FIELD', needs: 'ANY_GRANT' },
    ]);
    expect(diff.needs).toEqual([
      { coordinate: 'Query.accessRecords', before: ['ACCESS_LOG'], after: 'ANY_GRANT' },
    ]);
    expect(diff.schema).toEqual({ added: [], removed: [], retyped: [] });
  });

  test('a git revision is a state too', () => {
    const repository = path.join(directory, 'repository');
    mkdirSync(path.join(repository, 'schema'), { recursive: true });
    cpSync(opened, path.join(repository, 'schema/policy.json'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: repository,
        stdio: 'ignore',
      });
    git('init');
    git('add', '.');
    git('commit', '-m', 'open');
    git('tag', 'then');
    const env = { GIT_DIR: path.join(repository, '.git'), GIT_WORK_TREE: root };
    expect(run(['diff', committed, 'then'], env).out).toMatch(told);
    const unknown = run(['diff', committed, 'never'], env);
    expect(unknown.status).toBe(2);
    expect(unknown.err).toMatch(/^never: it is no file, and git knows no policy\.json/);
  });

  test.each([
    ['no git and no such file', ['diff', 'v1', committed], /no git to look for a revision/],
    ['a file that is no policy', ['diff', 'package.json', committed], /^package\.json: .*names/s],
    ['no language', ['diff', committed, committed, '--lang', 'fr'], /write en or vi/],
    ['an empty name', ['diff', '', committed], /no name of a file/],
    ['nothing accepted', ['check', '--accepted', 'none.json'], /^none\.json: Nothing is accepted/],
    ['an empty reason', ['accept', '--reason', ' '], /Say in a sentence why/],
    ['no day', ['accept', '--reason', 'a', '--date', '2026-13-01'], /2026-13-01 is not one/],
  ])('bad input is trouble: %s', (_name, args, sentence) => {
    const { status, out, err } = run(args, { PATH: directory });
    expect(out).toBe('');
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/\n\s+at /);
    expect(status).toBeGreaterThan(0);
  });

  test('the committed policy is the present one, and accepted', () => {
    expect(run(['check'])).toEqual({
      status: 0,
      out: 'The policy is the accepted one.\n',
      err: '',
    });
    expect(run(['check', '--policy', committed]).status).toBe(0);
  });

  test('a change fails the check until it is accepted with a reason', () => {
    const where = ['--policy', opened, '--accepted', accepted];
    const refused = run(['check', ...where]);
    expect(refused.status).toBe(1);
    expect(refused.out).toMatch(told);
    expect(run(['check', ...where, '--lang', 'vi']).out).toMatch(/chấp thuận.*nay biết thêm/s);
    expect(run(['accept', ...where]).err).toContain('--reason');

    const reason = 'The press reads the log.';
    const done = run(['accept', ...where, '--reason', reason, '--date', '2026-11-30']);
    expect(done).toMatchObject({ status: 0, err: '' });
    const { changes } = JSON.parse(readFileSync(accepted, 'utf8'));
    expect(changes.at(-1)).toMatchObject({
      date: '2026-11-30',
      reason,
      names: { 'Query.accessRecords': { after: { needs: 'ANY_GRANT' } } },
    });
    expect(run(['check', ...where]).status).toBe(0);
    expect(run(['check', '--accepted', accepted]).status).toBe(1);
    const again = readFileSync(accepted, 'utf8');
    expect(run(['accept', ...where, '--reason', 'Again.']).out).toContain('the accepted one');
    expect(readFileSync(accepted, 'utf8')).toBe(again);
  });

  test('an acceptance that was edited by hand is trouble', () => {
    const text = readFileSync(accepted, 'utf8');
    const forged = path.join(directory, 'forged.json');
    writeFileSync(forged, text.replace('"roles":["AUDITOR"]', '"roles":["PRESS","AUDITOR"]'));
    const { status, err } = run(['check', '--accepted', forged]);
    expect(status).toBe(2);
    expect(err).toContain('is not the one of its digest');
  });
});
