/** Placeholder until the debt domain stands. */
import { graphql, type Client } from './index.ts';

const Who = graphql(`
  query Who {
    viewer {
      agency
    }
  }
`);

export async function example(client: Client): Promise<string[]> {
  return [(await client.ask(Who)).viewer.agency];
}
