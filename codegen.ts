/** Makes one typed client per role from the role's own schema: `npm run clients`. */
import type { CodegenConfig } from '@graphql-codegen/cli';
import { errorTable } from './src/platform/errors.ts';

const roles = ['si', 'labour', 'union', 'press', 'auditor', 'steward'];

const scalars = {
  ID: 'string',
  Date: 'string',
  DateTime: 'string',
  Int64: 'string',
  // Opaque, so that nobody reads a number past its status: see clients/figure.ts.
  Decimal: { input: 'string', output: '../../figure.ts#FigureValue' },
};

const clientOf = (role: string): NonNullable<CodegenConfig['generates']>[string] => ({
  preset: 'client',
  schema: `schema/${role}.graphql`,
  documents: [`clients/${role}/*.ts`],
  presetConfig: { fragmentMasking: false },
  config: {
    documentMode: 'string',
    enumsAsTypes: true,
    futureProofEnums: true,
    importExtension: '.ts',
    scalars,
    strictScalars: true,
    useTypeImports: true,
  },
});

const codes = Object.keys(errorTable)
  .sort()
  .map((code) => `  | '${code}'`)
  .join('\n');

const config: CodegenConfig = {
  generates: {
    ...Object.fromEntries(roles.map((role) => [`clients/${role}/gql/`, clientOf(role)])),
    'clients/error-codes.ts': {
      schema: 'schema/lienthong.graphql',
      plugins: [
        {
          add: {
            content: `/** What may go wrong, generated: schema/errors.md says what to do about each. */\nexport type ErrorCode =\n${codes};`,
          },
        },
      ],
    },
  },
};

export default config;
