/** What the database's functions must answer the gateway, by hand: who asks, what the protection may know, who read what. */
import type pg from 'pg';
import { askWho } from './identities.ts';
import { as, undone } from './attempts.ts';
import { askRenewals } from './renewals.ts';
import { askUsage } from './usage.ts';

export interface Answer {
  readonly asked: string;
  readonly told: unknown;
  readonly expected: unknown;
}

/** The day that all marked debt is of, but for one. */
const day = '2026-01-01';
/**
 * Employers of whose debt the press and the unions together know: on a list with an instant, come or not, or with
 * a presence that was ever confirmed, or late enough for a list. Certain is what a list prints of this day. For the protection alone.
 */
const known = [
  'joined-m1',
  'joined-m1c',
  'joined-m2',
  'joined-now',
  'late-enough',
  'leaves',
  'leaving',
  'left',
  'open',
];
const expectedOfEngine = [
  ...known.map((name) => `mark-${name} false`),
  'mark-planned true LATE',
  'mark-rivals false',
];

async function askAudience(client: pg.Client, reader: string, expected: readonly string[]) {
  return undone(client, async (): Promise<Answer> => {
    await client.query(as(reader));
    const { rows } = await client.query<{ told: string }>(
      `select concat_ws(' ', employer_id, is_certain::text, array_to_string(listed_as, '+')) as told
         from audience_employers($1)
        where employer_id like 'mark-%' order by employer_id collate "C"`,
      [day],
    );
    return {
      asked: `audience_employers() by ${reader}`,
      told: rows.map(({ told }) => told),
      expected,
    };
  });
}

/** Every question with its answer and the one that it must have, asked as they are wanted. */
export async function* askAll(client: pg.Client): AsyncGenerator<Answer> {
  yield* await askRenewals(client);
  yield* await askWho(client);
  yield* await askUsage(client);
  yield askAudience(client, 'si', []);
  yield askAudience(client, 'engine:DEBT', expectedOfEngine);
}
