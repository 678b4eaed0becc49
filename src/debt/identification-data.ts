/** Runs of the identification in the database, whom they judge, and the positions that they write. */
import { randomUUID } from 'node:crypto';
import { pagesOf } from '../platform/connection.ts';
import type { Reader } from '../platform/context.ts';
import type { Failure, Progress } from '../platform/job.ts';
import { Prisma, type DebtIdentification } from '../platform/prisma/client.ts';
import type { JudgedEmployer } from './judge.ts';

/** A caller within its own scope, or the operator as the tables' owner, who alone may call its functions. */
export type Doer = 'CALLER' | 'OPERATOR';

const functionOf = (name: string, by: Doer): Prisma.Sql =>
  Prisma.raw(by === 'OPERATOR' ? `${name}_as_operator` : name);

/** Refuses with IDENTIFICATION_BUSY while the province is being identified. */
export async function beginIdentification(
  { db }: Reader,
  { area, day, by }: { readonly area: string; readonly day: string; readonly by: Doer },
): Promise<string> {
  const id = randomUUID();
  const begin = functionOf('begin_debt_identification', by);
  await db.$queryRaw`select ${begin}(${id}, ${area}, ${day}::date)::text`;
  return id;
}

export async function reportIdentification(
  { db }: Reader,
  id: string,
  { step, done, total }: Progress,
): Promise<void> {
  await db.$executeRaw`update debt_identification
    set step = ${step}, done = ${done}, total = ${total}, heartbeat_at = clock_timestamp() where id = ${id}`;
}

/** That it is done is said where its positions are written, and nowhere else. */
export async function endIdentification(
  { db }: Reader,
  id: string,
  failure: Failure | null,
): Promise<void> {
  if (!failure) return;
  await db.$executeRaw`update debt_identification
    set state = 'FAILED', ended_at = clock_timestamp(), error_code = ${failure.code}
    where id = ${id} and state = 'RUNNING'`;
}

export const identificationById = (
  { db }: Reader,
  id: string,
): Promise<DebtIdentification | null> => db.debtIdentification.findFirst({ where: { id } });

export const readIdentifications = pagesOf<DebtIdentification>((db) => db.debtIdentification);

/** All employers of the province, and whether a position of an earlier day tells of them. */
export async function employersOf(
  { db }: Reader,
  province: string,
  day: string,
): Promise<JudgedEmployer[]> {
  const [row] = await db.$queryRaw<{ text: string }[]>`
    with told as (select distinct employer_id from debt_position
      where province_id = ${province} and as_of < ${day}::date and audience = 'INTERNAL')
    select coalesce(json_agg(json_build_array(e.id, t.employer_id is not null) order by e.id), '[]')::text as text
      from employer e left join told t on t.employer_id = e.id where e.province_id = ${province}`;
  const pairs = JSON.parse(row!.text) as [id: string, isTold: boolean][];
  return pairs.map(([id, isTold]) => ({ id, isTold }));
}

/** How long writing a day may take: some seconds for each 10,000 positions. */
const writeTimeoutMillis = 120_000;

export interface IdentifiedDay {
  readonly by: Doer;
  readonly employers: number;
  /** Lists of rows in JSON. */
  readonly parts: readonly string[];
}

/** Replaces the day's positions in one transaction, which is also what says that the run is done. */
export async function writePositions(
  { db }: Reader,
  id: string,
  { by, employers, parts }: IdentifiedDay,
  onPart: (done: number) => void,
): Promise<void> {
  const write = functionOf('write_debt_positions', by);
  await db.$transaction(
    async (tx) => {
      for (const [i, rows] of parts.entries()) {
        await tx.$queryRaw`select ${write}(${id}, ${i + 1}::int, ${parts.length}::int, ${employers}::int,
          ${rows}::jsonb)::text`;
        onPart(i + 1);
      }
    },
    { timeout: writeTimeoutMillis },
  );
}
