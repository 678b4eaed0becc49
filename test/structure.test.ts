/** Holds the arrows between the folders: who may import whom, and why not otherwise. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..', 'src');

interface Rule {
  /** Folder or file of src. */
  readonly from: string;
  readonly may: readonly string[];
  /** Beginnings of further paths. */
  readonly mayAlso?: readonly string[];
  readonly because: string;
}

const base = ['platform', 'policy', 'identity'];
const domain = [...base, 'area', 'observation'];
const domainReason =
  'domains stand on observation, area and platform only: a relation to another domain names its model as a string, so that each can be read and removed alone';

const rules: readonly Rule[] = [
  {
    from: 'platform',
    may: ['platform'],
    because:
      'platform is plumbing without a domain word; whatever it knew of a domain would bind them all',
  },
  {
    from: 'policy',
    may: ['policy'],
    because:
      'policy is pure: tables in, schemas and documents out, so that an auditor can trust what is printed',
  },
  {
    from: 'identity',
    may: base,
    because: 'a credential becomes a Principal before any data is touched',
  },
  { from: 'audit', may: [...base, 'audit'], because: 'the record knows requests, not domains' },
  { from: 'area', may: [...base, 'area'], because: 'territory stands below the figures' },
  { from: 'observation', may: domain, because: domainReason },
  { from: 'agency', may: [...domain, 'agency'], because: domainReason },
  { from: 'enrollment', may: [...domain, 'enrollment'], because: domainReason },
  { from: 'partner', may: [...domain, 'partner'], because: domainReason },
  { from: 'campaign', may: [...domain, 'campaign'], because: domainReason },
  { from: 'debt', may: [...domain, 'debt'], because: domainReason },
  { from: 'release', may: [...domain, 'disclosure', 'release'], because: domainReason },
  {
    from: 'disclosure',
    may: ['disclosure'],
    because:
      'disclosure control is pure: tables in, verdicts out, so that it can be judged against the literature alone',
  },
  {
    from: 'demonstration',
    may: [...domain, 'demonstration'],
    mayAlso: ['debt/law'],
    because:
      'demonstration data is made from territory, code lists and the law alone, and no domain knows it',
  },
  {
    from: 'gateway',
    may: [...base, 'audit', 'gateway', 'schema.ts'],
    because: 'the stages know requests and schemas, not domains',
  },
  {
    from: 'schema.ts',
    may: [...domain, 'agency', 'audit', 'campaign', 'debt', 'enrollment', 'partner', 'release'],
    because: 'the schema is put together from the domains and knows nothing of HTTP',
  },
  {
    from: 'server.ts',
    may: [...base, 'audit', 'gateway', 'schema.ts', 'config.ts'],
    because: 'the server is the list of stages; domains reach it through the schema',
  },
];

/** Types only, and said where they stand: every resolver's context names its caller, its record and the contract. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  'platform/context.ts': ['audit/draft.ts', 'identity/principal.ts', 'policy/contract.ts'],
};

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('platform/prisma/'));

const textOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

function importsOf(file: string): Import[] {
  const pattern =
    /(?:^|\n)(?:import|export)\s+(type\s+)?[^;]*?from\s+'(\.[^']+)'|import\s*\(?'(\.[^']+)'/g;
  return [...textOf(file).matchAll(pattern)].map((match) => ({
    file,
    target: path.posix.join(path.posix.dirname(file), match[2] ?? match[3] ?? ''),
    typeOnly: match[1] !== undefined,
  }));
}

const folderOf = (file: string) => file.split('/')[0] ?? '';
const all = files.flatMap(importsOf);

describe('imports point one way', () => {
  test.each(rules)('$from', ({ from, may, mayAlso = [], because }) => {
    const forbidden = all
      .filter(({ file }) => folderOf(file) === from)
      .filter(({ target }) => !may.includes(folderOf(target)))
      .filter(({ target }) => !mayAlso.some((start) => target.startsWith(start)))
      .filter(({ file, target, typeOnly }) => !(typeOnly && exceptions[file]?.includes(target)))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(forbidden, `Forbidden, because ${because}.`).toEqual([]);
  });

  test('every folder has its rule', () => {
    const ruled = new Set(rules.map(({ from }) => from));
    const free = [
      'commands',
      'cli.ts',
      'config.ts',
      'greeting.ts',
      'load.ts',
      'main.ts',
      'open.ts',
      'serve.ts',
    ];
    const unknown = [...new Set(files.map(folderOf))].filter(
      (folder) => !ruled.has(folder) && !free.includes(folder),
    );
    expect(unknown, 'Give the new folder its rule above.').toEqual([]);
  });

  test('nothing below imports what starts things', () => {
    const starters = ['main.ts', 'cli.ts', 'serve.ts', 'server.ts'];
    const allowed = ['main.ts', 'cli.ts', 'serve.ts'];
    const found = all
      .filter(({ file, target }) => starters.includes(target) && !allowed.includes(file))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(found, 'Importing must not do anything.').toEqual([]);
  });
});

describe('each thing has one door', () => {
  test('only data files, the audit and the platform touch Prisma', () => {
    const touching = files.filter(
      (file) =>
        !/(^|\/)([a-z-]+-)?data\.ts$/.test(file) &&
        !/^(audit|platform)\//.test(file) &&
        /\bcontext\.db\b|\bdb\.\$/.test(textOf(file)),
    );
    expect(
      touching.filter((file) => file !== 'server.ts' && file !== 'gateway/graphql.ts'),
      'Queries belong into data.ts: there the scope is seen to hold.',
    ).toEqual([]);
  });

  // That the checker itself imports nothing of the writer but the tree: test/audit/check-imports.test.ts.
  test('the writer of the logs borrows nothing of their checker', () => {
    const inCheck = (file: string) => file.startsWith('audit/check/');
    const borrowers = all
      .filter(({ file, target }) => file.startsWith('audit/') && !inCheck(file) && inCheck(target))
      .map(({ file }) => file);
    expect([...new Set(borrowers)], 'Only what witnesses hand in is checked by it.').toEqual([
      'audit/log/cosignatures.ts',
    ]);
  });

  test('policy tables are pure', () => {
    // A large domain's table has parts.
    const isTable = (file: string) => /(?:\/policy|\/policies\/[^/]+)\.ts$/.test(file);
    const impure = all
      .filter(({ file }) => isTable(file) && folderOf(file) !== 'commands')
      .filter(({ file, target }) => !(folderOf(file) === folderOf(target) && isTable(target)))
      .filter(({ target }) => folderOf(target) !== 'policy')
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(impure, 'A policy table is plain data and imports only the words of policy.').toEqual(
      [],
    );
  });

  test('only config.ts reads the environment', () => {
    const readers = files.filter((file) => /process\.env/.test(textOf(file)));
    expect(readers.filter((file) => file !== 'config.ts')).toEqual([]);
  });

  test('disclosure control uses no package but the solver', () => {
    const packages = files
      .filter((file) => folderOf(file) === 'disclosure')
      .flatMap((file) => [...textOf(file).matchAll(/from\s+'([^.'][^']*)'/g)])
      .map((match) => match[1]);
    expect([...new Set(packages)]).toEqual(['highs']);
  });

  test('each file opens with one sentence that says what it is for', () => {
    const silent = files.filter((file) => !/^(#!.*\n)?\/\*\*/.test(textOf(file)));
    expect(silent).toEqual([]);
  });
});
