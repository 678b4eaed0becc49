/** Reads the facts of many employers as they were known at an instant, in one text a table. */
import type { Reader } from '../platform/context.ts';
import { Prisma } from '../platform/prisma/client.ts';
import { columnNames, type FactTable } from './fact-contents.ts';
import type { FactTexts } from './fact-texts.ts';

const idOf: Readonly<Record<FactTable, Prisma.Sql>> = {
  obligation: Prisma.sql`employer_id || '|' || time_period`,
  payment: Prisma.sql`id`,
  debt_event: Prisma.sql`id`,
  registration_duty: Prisma.sql`id`,
  underdeclaration: Prisma.sql`id`,
};

/** As text, so that no number is rounded on its way; a list as JSON, as it is kept in history too. */
const cellOf = (column: string) =>
  column === 'time_periods'
    ? Prisma.sql`to_jsonb(time_periods)::text`
    : Prisma.sql`${Prisma.raw(column)}::text`;

async function textOf(
  { db }: Reader,
  table: FactTable,
  employers: readonly string[],
  knownAt: Date,
) {
  const columns = columnNames(table);
  const now = Prisma.join(columns.map(cellOf));
  const before = Prisma.join(columns.map((column) => Prisma.sql`content ->> ${column}`));
  const [row] = await db.$queryRaw<{ text: string }[]>`
    select coalesce(json_agg(cells), '[]')::text as text from (
      select json_build_array(employer_id, ${idOf[table]}, ${now}) as cells from ${Prisma.raw(table)}
       where employer_id = any(${[...employers]}::text[]) and known_from <= ${knownAt}::timestamptz
      union all
      select json_build_array(employer_id, fact_id, ${before}) from debt_fact_version
       where employer_id = any(${[...employers]}::text[]) and fact = ${table}
         and known_from <= ${knownAt}::timestamptz and known_to > ${knownAt}::timestamptz) found`;
  return row!.text;
}

/** Which rows there are is the database's to decide, as in any other query. */
export async function readFactTexts(
  reader: Reader,
  employers: readonly string[],
  knownAt: Date,
): Promise<FactTexts> {
  const read = (table: FactTable) => textOf(reader, table, employers, knownAt);
  return {
    obligations: await read('obligation'),
    payments: await read('payment'),
    events: await read('debt_event'),
    registrations: await read('registration_duty'),
    underdeclarations: await read('underdeclaration'),
  };
}
