/** Reads what offices had to receive and received, from sums that the database keeps, under the caller's scope; sums are exact. */
import DataLoader from 'dataloader';
import { perRequest, type Context } from '../platform/context.ts';
import { group } from '../platform/group.ts';
import { Prisma, type Office } from '../platform/prisma/client.ts';
import { formatDay } from '../platform/scalars.ts';
import { reachesInside } from '../platform/scope.ts';
import { nothing, standingOn, together, type Standing } from './collection-ledger.ts';
import { currentFacts } from './facts-data.ts';
import { pairId } from './fields.ts';
import { fundCodes } from './funds.ts';
import { legalParametersOf } from './law-data.ts';

export interface CollectingOffice {
  readonly id: string;
  readonly level: string;
  readonly areaId: string;
  readonly provinceId: string | null;
}

/** Offices are public. */
export const officeLoader = perRequest(
  'offices by id',
  ({ db }) =>
    new DataLoader<string, Office | null>(async (ids) => {
      const rows = await db.office.findMany({ where: { id: { in: [...ids] } } });
      return ids.map((id) => rows.find((row) => row.id === id) ?? null);
    }),
);

/** Offices whose whole territory the caller reads; of others it would see a part, and take it for the whole. */
export async function officesInReach(
  context: Context,
  { office, provinceId }: { readonly office?: string; readonly provinceId?: string },
): Promise<CollectingOffice[]> {
  const rows = await context.db.$queryRaw<CollectingOffice[]>`
    select o.id, p.level, p.area_id as "areaId", p.province_id as "provinceId"
      from office o, lateral place_of_office(o.id) p
     where p.area_id is not null and (${office ?? null}::text is null or o.id = ${office ?? null})
       and (${provinceId ?? null}::text is null or p.province_id = ${provinceId ?? null})
     order by o.id`;
  return rows.filter(({ areaId, provinceId: province }) =>
    reachesInside(context.principal.scope, 'DEBT', { id: areaId, provinceId: province }),
  );
}

/** Employers of one office in one province, at the end of each day asked. */
export interface Account {
  readonly officeId: string;
  readonly provinceId: string;
  readonly sourceIds: readonly string[];
  /** In the order of the days. */
  readonly standings: readonly Standing[];
}

interface SumRow {
  /** Of an employer that is in no sum: nothing else is told. */
  readonly employer_id: string | null;
  readonly office_id: string;
  readonly province_id: string;
  readonly source_id: string | null;
  /** How many of the days had passed before. */
  readonly n: number;
  readonly facts: string;
  readonly due: string;
  readonly received: string;
  readonly reversed: string;
  readonly overdue: string;
}

function among(offices: readonly CollectingOffice[]): Prisma.Sql {
  if (offices.some(({ level }) => level === 'NATIONAL')) return Prisma.sql`true`;
  const provinces = offices.flatMap(({ level, provinceId }) =>
    level === 'PROVINCIAL' && provinceId ? [provinceId] : [],
  );
  return Prisma.sql`(s.office_id = any(${offices.map(({ id }) => id)}::text[])
    or s.province_id = any(${provinces}::text[]))`;
}

/**
 * The sums that the database keeps with the facts, and who is in none of them: one statement, so that nobody is in both
 * or in neither. Every row passes the row policies, as in any other query. Amounts leave as text.
 */
async function readSums(
  { db }: Context,
  offices: readonly CollectingOffice[],
  days: readonly string[],
): Promise<SumRow[]> {
  return db.$queryRaw<SumRow[]>`
    select * from (
      select null as employer_id, s.office_id, s.province_id, s.source_id,
             width_bucket(s.day - 1, ${[...days]}::date[]) as n, sum(s.facts)::text as facts,
             sum(s.due)::text as due, sum(s.received)::text as received, sum(s.reversed)::text as reversed,
             sum(s.overdue)::text as overdue
        from collection_sum s where ${among(offices)} group by 2, 3, 4, 5) s
     where n < ${days.length}
    union all
    select s.id, s.office_id, s.province_id, null, 0, '0', '0', '0', '0', '0'
      from collection_exception e join employer s on s.id = e.employer_id where ${among(offices)}`;
}

function ordinaryAccounts(sums: readonly SumRow[], days: readonly string[]): Account[] {
  const own = group(sums, (row) => pairId(row.office_id, row.province_id));
  return [...own.values()].map((moved) => {
    const [{ office_id: officeId, province_id: provinceId }] = moved;
    const facts = new Map<string, bigint>();
    for (const { source_id: source, facts: count } of moved) {
      if (source !== null) facts.set(source, (facts.get(source) ?? 0n) + BigInt(count));
    }
    const sourceIds = [...facts].filter(([, count]) => count > 0n).map(([source]) => source);
    const standings = days.map((_, i) =>
      moved.filter(({ n }) => n <= i).reduce((sum, row) => together(sum, standingOf(row)), nothing),
    );
    return { officeId, provinceId, sourceIds, standings };
  });
}

/** What is not overdue of what moved, was paid in advance. */
function standingOf(row: SumRow): Standing {
  const [due, received, reversed, overdue] = [row.due, row.received, row.reversed, row.overdue].map(
    BigInt,
  ) as [bigint, bigint, bigint, bigint];
  return { due, received, reversed, overdue, credit: overdue - due + received - reversed };
}

/** So many employers' facts are held at a time. */
const employersAtOnce = 200;

interface Exception {
  readonly id: string;
  readonly officeId: string;
  readonly provinceId: string;
}

/** Of employers that are in no sum, by the law engine. */
async function exceptionalAccounts(
  context: Context,
  employers: readonly Exception[],
  days: readonly string[],
): Promise<Account[]> {
  const parameters = await legalParametersOf(context);
  const accounts: Account[] = [];
  for (let at = 0; at < employers.length; at += employersAtOnce) {
    const some = employers.slice(at, at + employersAtOnce);
    const facts = await currentFacts(context).loadMany(some.map(({ id }) => id));
    const dueDays = await readDueDays(
      context,
      some.map(({ id }) => id),
    );
    for (const [i, { officeId, provinceId }] of some.entries()) {
      const own = facts[i]!;
      if (own instanceof Error) throw own;
      const standings = days.map((day) => standingOn(parameters, own, dueDays.days, day));
      accounts.push({ officeId, provinceId, sourceIds: dueDays.sources, standings });
    }
    // Others have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return accounts;
}

async function readDueDays({ db }: Context, employerIds: readonly string[]) {
  const rows = await db.obligation.findMany({
    where: { employerId: { in: [...employerIds] } },
    select: { employerId: true, timePeriod: true, dueOn: true, sourceId: true },
  });
  const days = rows.flatMap(({ employerId, timePeriod, dueOn }) =>
    fundCodes.map(
      (fund) => [`${pairId(employerId, timePeriod)}|${fund}`, formatDay(dueOn)] as const,
    ),
  );
  return { days: new Map(days), sources: [...new Set(rows.map(({ sourceId }) => sourceId))] };
}

const belongsTo = (account: Account, { id, level, provinceId }: CollectingOffice): boolean =>
  level === 'NATIONAL' ||
  account.officeId === id ||
  (level === 'PROVINCIAL' && account.provinceId === provinceId);

export interface OfficeStandings {
  readonly office: CollectingOffice;
  readonly sourceIds: readonly string[];
  readonly standings: readonly Standing[];
}

/** What each office stood at on each of the days; one above others holds what they hold. */
export async function standingsOf(
  context: Context,
  offices: readonly CollectingOffice[],
  days: readonly string[],
): Promise<OfficeStandings[]> {
  if (offices.length === 0) return [];
  const rows = await readSums(context, offices, days);
  const exceptions = rows.flatMap(
    ({ employer_id: id, office_id: officeId, province_id: provinceId }) =>
      id === null ? [] : { id, officeId, provinceId },
  );
  const accounts = [
    ...ordinaryAccounts(
      rows.filter(({ employer_id: id }) => id === null),
      days,
    ),
    ...(await exceptionalAccounts(context, exceptions, days)),
  ];
  return offices.map((office) => {
    const own = accounts.filter((account) => belongsTo(account, office));
    return {
      office,
      sourceIds: [...new Set(own.flatMap(({ sourceIds }) => sourceIds))].sort(),
      standings: days.map((_, i) =>
        own.reduce((sum, { standings }) => together(sum, standings[i]!), nothing),
      ),
    };
  });
}
