/** Adds up what offices had to receive and received, in the database and under the caller's scope; sums are exact. */
import DataLoader from 'dataloader';
import { perRequest, type Context } from '../platform/context.ts';
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

interface AccountRow {
  readonly office_id: string;
  readonly province_id: string;
  readonly day: number;
  readonly due: string;
  readonly received: string;
  readonly reversed: string;
  readonly overdue: string;
  readonly credit: string;
  readonly sources: readonly string[];
}

/** Whose account is more than what fell due less what came; the law engine reckons it. */
const isIntricate = Prisma.sql`(
  exists (select from debt_event v where v.employer_id = e.id and v.kind = 'SUSPENSION' and v.stage = 'DONE')
  or exists (select from obligation o where o.employer_id = e.id and o.registered_on > o.period_start)
  or (select min(payment_cycle) <> max(payment_cycle) from obligation o where o.employer_id = e.id))`;

const dueOf = Prisma.sql`(o.due_retirement + o.due_sickness + o.due_accident + o.due_unemployment + o.due_health)`;

function among(offices: readonly CollectingOffice[]): Prisma.Sql {
  if (offices.some(({ level }) => level === 'NATIONAL')) return Prisma.sql`true`;
  const provinces = offices.flatMap(({ level, provinceId }) =>
    level === 'PROVINCIAL' && provinceId ? [provinceId] : [],
  );
  return Prisma.sql`(e.office_id = any(${offices.map(({ id }) => id)}::text[])
    or e.province_id = any(${provinces}::text[]))`;
}

/**
 * Every row passes the row policies, as in any other query. Amounts are put into the period in which they moved
 * first, so that each employer is one row a period however long its history; sums leave as text.
 */
async function ordinaryAccounts(
  context: Context,
  offices: readonly CollectingOffice[],
  days: readonly string[],
): Promise<Account[]> {
  // How many of the days had passed before.
  const period = (column: Prisma.Sql) =>
    Prisma.sql`width_bucket(${column} - 1, ${[...days]}::date[])`;
  const rows = await context.db.$queryRaw<AccountRow[]>`
    with plain as materialized (
      select e.id, e.office_id, e.province_id from employer e where ${among(offices)} and not ${isIntricate}),
    moved as (
      select o.employer_id, ${period(Prisma.sql`o.due_on`)} as n, ${dueOf}::numeric as due,
             0::numeric as received, 0::numeric as reversed, o.source_id
        from obligation o join plain p on p.id = o.employer_id
      union all
      select y.employer_id, ${period(Prisma.sql`y.received_on`)}, 0, y.amount, 0, y.source_id
        from payment y join plain p on p.id = y.employer_id
      union all
      select y.employer_id, ${period(Prisma.sql`y.reversed_on`)}, 0, 0, y.amount, y.source_id
        from payment y join plain p on p.id = y.employer_id where y.reversed_on is not null),
    held as (
      select employer_id, n, sum(due) as due, sum(received) as received, sum(reversed) as reversed,
             array_agg(distinct source_id) as sources
        from moved where n < ${days.length} group by 1, 2),
    stood as (
      select h.employer_id, d.n, sum(h.due) as due, sum(h.received) as received, sum(h.reversed) as reversed
        from held h join generate_series(0, ${days.length - 1}::int) d(n) on h.n <= d.n group by 1, 2),
    said as (
      select p.office_id, p.province_id, array_agg(distinct s) as sources
        from held h join plain p on p.id = h.employer_id, unnest(h.sources) s group by 1, 2)
    select p.office_id, p.province_id, s.n as day, sum(s.due)::text as due, sum(s.received)::text as received,
           sum(s.reversed)::text as reversed,
           sum(greatest(s.due - s.received + s.reversed, 0))::text as overdue,
           sum(greatest(s.received - s.reversed - s.due, 0))::text as credit, q.sources
      from stood s join plain p on p.id = s.employer_id
      join said q on q.office_id = p.office_id and q.province_id = p.province_id
     group by p.office_id, p.province_id, s.n, q.sources`;
  const accounts = new Map<string, Account & { readonly standings: Standing[] }>();
  for (const row of rows) {
    const key = pairId(row.office_id, row.province_id);
    const account = accounts.get(key) ?? {
      officeId: row.office_id,
      provinceId: row.province_id,
      sourceIds: row.sources,
      standings: days.map(() => nothing),
    };
    accounts.set(key, account);
    account.standings[row.day] = {
      due: BigInt(row.due),
      received: BigInt(row.received),
      reversed: BigInt(row.reversed),
      overdue: BigInt(row.overdue),
      credit: BigInt(row.credit),
    };
  }
  return [...accounts.values()];
}

/** So many employers' facts are held at a time. */
const employersAtOnce = 200;

async function intricateAccounts(
  context: Context,
  offices: readonly CollectingOffice[],
  days: readonly string[],
): Promise<Account[]> {
  const employers = await context.db.$queryRaw<
    { id: string; office_id: string; province_id: string }[]
  >`select e.id, e.office_id, e.province_id from employer e where ${among(offices)} and ${isIntricate} order by 1`;
  const parameters = await legalParametersOf(context);
  const accounts: Account[] = [];
  for (let at = 0; at < employers.length; at += employersAtOnce) {
    const some = employers.slice(at, at + employersAtOnce);
    const facts = await currentFacts(context).loadMany(some.map(({ id }) => id));
    const dueDays = await readDueDays(
      context,
      some.map(({ id }) => id),
    );
    for (const [i, { office_id: officeId, province_id: provinceId }] of some.entries()) {
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
  const accounts = [
    ...(await ordinaryAccounts(context, offices, days)),
    ...(await intricateAccounts(context, offices, days)),
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
