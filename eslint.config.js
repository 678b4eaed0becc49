import graphql from '@graphql-eslint/eslint-plugin';
import tseslint from 'typescript-eslint';

const restrictedCalls = [
  {
    selector: 'CallExpression[callee.property.name=/^(findUnique|findUniqueOrThrow)$/]',
    message: 'Prisma batches findUnique across requests and their scopes: use findFirst.',
  },
  {
    selector: 'CallExpression[callee.property.name=/Unsafe$/]',
    message: 'Give values as parameters: $queryRaw with a template.',
  },
];

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'src/platform/prisma/', 'clients/*/gql/', 'node_modules/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...restrictedCalls],
      'no-restricted-globals': ['error'],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Numbers in sentences are as readable as strings.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An assertion says what the reader must know: here the index is in range.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A function that awaits nothing today may fit an interface that awaits.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'src/config.ts is the only reader.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Answers have the shape of their question.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['schema/lienthong.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: './schema/lienthong.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          rootField: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
        },
      ],
      // SDMX codes and CL_ names are what they are.
      '@graphql-eslint/naming-convention': 'off',
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/strict-id-in-types': 'off',
      '@graphql-eslint/require-deprecation-reason': 'error',
    },
  },
);
