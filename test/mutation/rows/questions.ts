/** What the database's functions must answer the gateway, by hand: who asks, and what the protection may know. */
import type pg from 'pg';
import { askWho } from './identities.ts';
import { as, undone } from './marked-database.ts';

export interface Answer {
  readonly asked: string;
  readonly told: unknown;
  readonly expected: unknown;
}

/**
 * Employers whose debt the press and the unions together can know, now or later: on a list with an instant,
 * or with a presence that was ever confirmed. For the protection of releases alone.
 */
const known = [
  'joined-m1',
  'joined-m1c',
  'joined-m2',
  'joined-now',
  'leaves',
  'left',
  'planned',
  'rivals',
];

async function askAudience(client: pg.Client, reader: string, expected: readonly string[]) {
  return undone(client, async (): Promise<Answer> => {
    await client.query(as(reader));
    const { rows } = await client.query<{ id: string }>(
      `select id from unnest(audience_employers()) id where id like 'mark-%' order by id collate "C"`,
    );
    return { asked: `audience_employers() by ${reader}`, told: rows.map(({ id }) => id), expected };
  });
}

/** Every question with its answer and the one that it must have. */
export async function askAll(client: pg.Client): Promise<Answer[]> {
  return [
    ...(await askWho(client)),
    await askAudience(client, 'si', []),
    await askAudience(
      client,
      'engine:DEBT',
      known.map((name) => `mark-${name}`),
    ),
  ];
}
