/** Runs of the identification in the database, whom they judge, and the positions that they write. */
import { randomUUID } from 'node:crypto';
import { pagesOf } from '../platform/connection.ts';
import type { Reader } from '../platform/context.ts';
import type { Failure, JobTools, Progress } from '../platform/job.ts';
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

/** So many are read in one statement, so that the largest province keeps to its time. */
const employersAtOnce = 1_000;

/** The next employers of the province by id, and whether a position of an earlier day tells of them. */
async function employersAfter(
  { db }: Reader,
  { provinceId, asOf }: Pick<DebtIdentification, 'provinceId' | 'asOf'>,
  after: string,
): Promise<JudgedEmployer[]> {
  const [row] = await db.$queryRaw<{ text: string }[]>`
    select coalesce(json_agg(json_build_array(id, is_told) order by id), '[]')::text as text from (
      select e.id, exists (select from debt_position p
          where p.employer_id = e.id and p.as_of < ${asOf}::date and p.audience = 'INTERNAL') as is_told
        from employer e where e.province_id = ${provinceId} and e.id > ${after}
       order by e.id limit ${employersAtOnce}) next`;
  const pairs = JSON.parse(row!.text) as [id: string, isTold: boolean][];
  return pairs.map(([id, isTold]) => ({ id, isTold }));
}

/** All of them; `reach` gives each statement its time. */
export async function employersOf(
  reader: Reader,
  run: Pick<DebtIdentification, 'provinceId' | 'asOf'>,
  reach: JobTools['reach'],
): Promise<JudgedEmployer[]> {
  const found: JudgedEmployer[] = [];
  for (;;) {
    const next = await reach(() => employersAfter(reader, run, found.at(-1)?.id ?? ''));
    found.push(...next);
    if (next.length < employersAtOnce) return found;
  }
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
