/** `token` and `query`: asking the running gateway as a demonstration agency. */
import { Command, Option } from 'commander';
import {
  askAs,
  defaultLifetime,
  gatewayAddress,
  makeToken,
  parseObject,
} from './running-gateway.ts';

interface TokenOptions {
  readonly purpose?: string;
  readonly subject?: string;
  readonly ttl: string;
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('Print a token of the development issuer for a demonstration agency.')
    .argument('<agency>', 'such as press-vn')
    .option('--purpose <code>', 'narrow the token to this purpose')
    .option('--subject <post>', 'who acts, where a second person is needed')
    .option('--ttl <time>', 'how long it holds, such as 90s or 1h (24h at most)', defaultLifetime)
    .action(async (agency: string, { purpose, subject, ttl }: TokenOptions) => {
      const token = await makeToken(agency, { purpose, subject, lifetime: ttl });
      process.stdout.write(`${token}\n`);
    });
}

interface QueryOptions {
  readonly as: string;
  readonly purpose?: string;
  readonly subject?: string;
  readonly variables?: string;
  readonly lang: string;
  readonly url?: string;
}

export function queryCommand(): Command {
  return new Command('query')
    .description('Ask the running gateway as a demonstration agency and print the answer as JSON.')
    .argument('<query>', 'a GraphQL document')
    .requiredOption('--as <agency>', 'such as press-vn')
    .option('--purpose <code>', 'the purpose; the agency’s main one when left out')
    .option('--subject <post>', 'who acts, where a second person is needed')
    .option('--variables <json>', 'the document’s variables')
    .addOption(
      new Option('--lang <language>', 'the language of reasons and errors')
        .choices(['en', 'vi'])
        .default('en'),
    )
    .option('--url <address>', 'where the gateway is; HOST and PORT when left out')
    .action(async (query: string, { as, purpose, subject, variables, lang, url }: QueryOptions) => {
      const asked = { purpose, subject, language: lang };
      const question = { query, variables: parseObject('--variables', variables), ...asked };
      const answer = await askAs(as, url ?? gatewayAddress(), question);
      process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
      if (answer.errors?.length) process.exitCode = 1;
    });
}
