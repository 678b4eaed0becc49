/** Employers for what is done about debts, and the words in which agencies say it. */
import { dayIn } from '../../src/platform/scalars.ts';
import {
  employer,
  insertDebt,
  obligation,
  payment,
  position,
  forParties,
  presence,
} from '../debt-marks.ts';
import { accepted, openBench, type ReleaseBench } from '../release/support.ts';

export const insurer = 'si-dien-bien';
export const labour = 'labour-dien-bien';
export const union = 'union-dien-bien';
export const today = dayIn(new Date());
export const inDays = (count: number) =>
  new Date(Date.parse(today) + count * 86_400_000).toISOString().slice(0, 10);

const dienBien = '03127@2025-07';
const laoCai = '15@2025-07';
const names = ['owes', 'meets', 'pays', 'paid', 'excused', 'gone', 'suspended', 'inspected'];
const hundredMillion = (of: string) =>
  obligation(of, '2025-08', [0, 0], { due_sickness: '100000000' });

export async function openEventBench(): Promise<ReleaseBench> {
  return openBench(async (owner) => {
    const positions = ['inspected', 'claimed', 'person'].map((name) => position(name, 2000));
    await insertDebt(owner, {
      employers: [
        ...[...names, 'claimed', 'young'].map((name) => employer(name, dienBien)),
        employer('person', dienBien, { is_natural_person: true }),
        employer('elsewhere', laoCai),
      ],
      obligations: [
        ...['owes', 'meets', 'pays', 'paid', 'excused', 'gone'].map(hundredMillion),
        obligation('suspended', '2026-01', [0, 0], { due_retirement: '100000000' }),
      ],
      payments: [
        payment('paid', '2025-10-20', '100000000'),
        payment('pays', '2025-11-10', '60000000'),
      ],
      presences: [presence('inspected', union)],
      positions: [...positions, ...positions.map(forParties)],
    });
  }, false);
}

/** A value as a document writes it; texts are quoted, lists and inputs are written out. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, inner]) => `${name}: ${written(inner)}`);
  return `{ ${fields.join(', ')} }`;
}

export const eventFields =
  'code kind stage occurredOn agency participants confirmedAt confirmedBy amount agreedBy kept document cause fromOn untilOn timePeriods reason';
const presenceFields = 'code state since endedOn confirmedBy refusedBy reason employer { code }';

/** A mutation with its arguments, as a document. */
export function stepText(name: string, args: object): string {
  const given = Object.entries(args).map(([key, value]) => `${key}: ${written(value)}`);
  const fields = name.endsWith('Presence') ? presenceFields : eventFields;
  return `mutation { ${name}(${given.join(', ')}) { ${fields} } }`;
}

/** What a step answers; an error fails the test. */
export async function did({ gateway }: ReleaseBench, agency: string, name: string, args: object) {
  return accepted(await gateway.ask(agency, stepText(name, args))).data[name];
}

/** The code and the field of a refusal. */
export async function refusal(
  { gateway }: ReleaseBench,
  agency: string,
  name: string,
  args: object,
): Promise<unknown[]> {
  const { errors, data } = await gateway.ask(agency, stepText(name, args));
  if (data?.[name]) throw new Error(`${name} was not refused: ${JSON.stringify(data[name])}`);
  const extensions: Readonly<Record<string, unknown>> = errors[0]?.extensions ?? {};
  return [extensions['code'], extensions['field']];
}

/** Everything written about debts, to see that a refusal leaves nothing behind. */
export async function everything({ owner }: ReleaseBench): Promise<string> {
  const { rows } = await owner.query(
    `select (select json_agg(e order by id) from debt_event e) as events,
       (select json_agg(p order by employer_id, agency_id) from union_presence p) as presences,
       (select count(*) from debt_fact_version) as versions, (select count(*) from change_record) as changes`,
  );
  return JSON.stringify(rows);
}

/** The state of an employer’s debt at the end of a day, as it was known at an instant. */
export async function stateOn(
  { gateway }: ReleaseBench,
  of: string,
  on: string,
  knownAt?: string,
): Promise<string> {
  const known = knownAt === undefined ? '' : `, knownAt: "${knownAt}"`;
  const text = `{ employers(where: { unitCode: "unit-${of}" }) { nodes { assessment(on: "${on}"${known}) { state } } } }`;
  return accepted(await gateway.ask(insurer, text)).data.employers.nodes[0].assessment
    .state as string;
}

/** Codes of the events about an employer that an agency sees, with their stages. */
export async function eventsSeen({ gateway }: ReleaseBench, agency: string, of: string) {
  const text = `{ debtEvents(first: 50, where: { employer: "${of}" }) { totalCount nodes { code stage } } }`;
  const { totalCount, nodes } = accepted(await gateway.ask(agency, text)).data.debtEvents;
  if (totalCount !== nodes.length) throw new Error('a count says more than the list');
  return Object.fromEntries(
    nodes.map(({ code, stage }: { code: string; stage: string }) => [code, stage]),
  ) as Record<string, string>;
}

/** An instant of the database between two steps. */
export async function instantOf({ owner }: ReleaseBench): Promise<string> {
  await owner.query('select pg_sleep(0.02)');
  const { rows } = await owner.query('select clock_timestamp() as now, pg_sleep(0.02)::text');
  return (rows[0].now as Date).toISOString();
}
