/** The typed clients compile only what their role may ask, and their examples run as shown. */
import path from 'node:path';
import { generate } from '@graphql-codegen/cli';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { example as auditorExample } from '../clients/auditor/example.ts';
import { createClient, GatewayError, type Client } from '../clients/client.ts';
import { showFigure, type FigureValue } from '../clients/figure.ts';
import { example as labourExample } from '../clients/labour/example.ts';
import { example as pressExample } from '../clients/press/example.ts';
import { example as siExample } from '../clients/si/example.ts';
import { example as stewardExample } from '../clients/steward/example.ts';
import { example as unionExample } from '../clients/union/example.ts';
import { mainPurpose, openGateway, roleOf, type TestGateway } from './support/gateway.ts';

const examples: readonly {
  agency: string;
  run: (client: Client) => Promise<string[]>;
  says: RegExp;
}[] = [
  {
    agency: 'si-dien-bien',
    run: siExample,
    says: /\d joined, \d+ at the end[\s\S]*: \d+ VND, Công ty|Hợp tác xã/,
  },
  {
    agency: 'labour-dien-bien',
    run: labourExample,
    says: /\d+ employers three months late[\s\S]*\d VND, \d+ months, [A-Z_]+/,
  },
  { agency: 'union-dien-bien', run: unionExample, says: /\d VND, \d+ months, workers \d+/ },
  {
    agency: 'press-vn',
    run: pressExample,
    says: /324469 \[U\][\s\S]*Mẫu .*: \d+ VND, (LATE|EVADING)/,
  },
  { agency: 'audit-vn', run: auditorExample, says: /ANSWERED/ },
  { agency: 'steward-vn', run: stewardExample, says: /grant-press-vn .*ENROLLMENT PUBLISHED/ },
];

describe('the clients against a live gateway', () => {
  let gateway: TestGateway;
  const clientOf = async (agency: string, more: { purpose?: string; token?: string } = {}) =>
    createClient({
      url: gateway.gateway.address,
      token: more.token ?? (() => gateway.token(agency)),
      purpose: more.purpose ?? mainPurpose[roleOf(agency)],
    });
  beforeAll(async () => {
    gateway = await openGateway({ demonstration: true });
  });
  afterAll(() => gateway.close());

  test.each(examples)('the example of $agency', async ({ agency, run, says }) => {
    const lines = await run(await clientOf(agency));
    expect(lines.join('\n')).toMatch(says);
  });

  test('a refusal is an error with its code, its sentence and its record', async () => {
    const client = await clientOf('press-vn', { purpose: 'AUDIT' });
    const error: unknown = await pressExample(client).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    const refused = error as GatewayError;
    expect(refused.has('PURPOSE_NOT_GRANTED')).toBe(true);
    expect(refused.faults[0]?.message).toMatch(/purpose/i);
    expect(refused.accessRecord).toMatch(/^\d+$/);
  });

  test('a bad token is an error with its code', async () => {
    const client = await clientOf('press-vn', { token: 'x.y.z' });
    await expect(pressExample(client)).rejects.toMatchObject({ status: 401 });
  });
});

describe('what is shown of a figure', () => {
  const value = '12.50' as unknown as FigureValue;
  test.each([
    [{ value, obsStatus: 'A', confStatus: 'F' }, '12.50'],
    [{ value, obsStatus: 'U', confStatus: 'F' }, '12.50 [U]'],
    [{ value: null, obsStatus: 'Q', confStatus: 'C', reason: 'Suppressed.' }, '– (Suppressed.)'],
    [{ value: null, obsStatus: 'O', confStatus: 'F' }, '– (O)'],
  ])('%j is %s', (figure, text) => {
    expect(showFigure(figure)).toBe(text);
  });
});

/** Compiles a file beside the clients that exists only here; says what the compiler finds in it. */
function errorsIn(role: string, source: string): string[] {
  const root = path.join(import.meta.dirname, '..');
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  );
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const file = path.join(root, 'clients', role, 'snippet.ts');
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    path.resolve(name) === file ? ts.createSourceFile(name, source, version) : read(name, version);
  host.fileExists = (name) => path.resolve(name) === file || ts.sys.fileExists(name);
  const program = ts.createProgram([file], options, host);
  const found = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const coverage = `
  import { readFigure } from './index.ts';
  import type { CoverageOfYearQuery } from './gql/graphql.ts';
  type Participants = NonNullable<CoverageOfYearQuery['coverage'][number]['participants']>;
`;

describe('the compiler refuses', () => {
  test.each([
    [
      'a value taken for a text',
      'export const f = (p: Participants): string => p.value!;',
      /FigureValue/,
    ],
    ['a value in a sum', 'export const f = (p: Participants) => p.value! - 1;', /arithmetic/],
    [
      'a value read without its status',
      'export const f = ({ value }: Participants) => readFigure({ value });',
      /obsStatus, confStatus/,
    ],
    [
      'the text of a figure that may be absent',
      'export const f = (p: Participants) => readFigure(p).text;',
      /ABSENT/,
    ],
    [
      'a status of which only the known values are thought of',
      `type Known = Exclude<Participants['obsStatus'], '%future added value'>;
       export const f = (p: Participants): Known => p.obsStatus;`,
      /future added value/,
    ],
  ])('%s', (_, code, message) => {
    expect(errorsIn('press', `${coverage} ${code}`).join('\n')).toMatch(message);
  });

  test('nothing of a figure that is read as it must be', () => {
    const code = `export const f = (p: Participants) => {
      const read = readFigure(p);
      return read.kind === 'ABSENT' ? read.reason : read.text;
    };`;
    expect(errorsIn('press', coverage + code)).toEqual([]);
  });

  const debts = '{ debtPositions(first: 1) { nodes { amount } } }';
  test('a document of which the press has no type', () => {
    const code = `
      import { graphql, type Client } from './index.ts';
      export const f = (client: Client) => client.ask(graphql(\`${debts}\`));`;
    expect(errorsIn('press', code).join('\n')).toMatch(/not assignable|No overload/);
  });

  const generated = (role: string) =>
    generate(
      {
        schema: `schema/${role}.graphql`,
        silent: true,
        generates: {
          'clients/never-written.ts': {
            documents: `query Debts ${debts}`,
            plugins: ['typescript-operations'],
            config: { scalars: { Int64: 'string' } },
          },
        },
      },
      false,
    );
  test('types of a debt amount for the press, which the union gets', async () => {
    await expect(generated('press')).rejects.toThrow(/Cannot query field \\?"debtPositions/);
    const [file] = (await generated('union')) as { content: string }[];
    expect(file?.content).toMatch(/amount: string/);
  });
});
