/** Employers in every case of the statutory list, and the people who make one. */
import { nobody, withScope, type Scope } from '../../src/platform/scope.ts';
import { employer, event, insertDebt, obligation, payment, type Row } from '../debt-marks.ts';
import { accepted, errorCode, openBench, type ReleaseBench } from '../release/support.ts';

export const dienBien = '{ code: "11", vintage: "2025-07" }';
const commune = '03127@2025-07';
export const debtOn = '2026-03-31';
export const paidUntil = '2026-04-14';
/** Due from 2025-11-30 to 2026-02-28. */
const months = ['2025-10', '2025-11', '2025-12', '2026-01'];

const reminder = { kind: 'REMINDER', occurred_on: '2026-02-05' };
const storm = { kind: 'FORCE_MAJEURE', occurred_on: '2026-02-01', from_on: '2025-11-01' };
const suspension = { kind: 'SUSPENSION', occurred_on: '2025-09-15', from_on: '2025-10-01' };
const bankruptcy = { kind: 'HARD_TO_COLLECT', occurred_on: '2026-01-15', from_on: '2026-01-15' };
const retirementAlone = { due_sickness: 0, due_accident: 0, due_unemployment: 0, due_health: 0 };

interface Case {
  readonly events?: readonly Row[];
  readonly dues?: Row;
  readonly employer?: Row;
  readonly paid?: readonly [string, string];
}

/** Four months late with 500 dong each. */
const cases: Readonly<Record<string, Case>> = {
  late: { paid: ['2026-04-10', '500'] },
  evading: { events: [reminder] },
  excused: { events: [reminder, { ...storm, cause: 'STORM' }] },
  paidlater: { paid: ['2026-04-15', '2000'] },
  // Never on a list: paid on the day of the cut-off, two months late, and by their state or person.
  paid: { paid: ['2026-04-14', '2000'] },
  recent: { paid: ['2026-04-01', '1000'] },
  suspended: { events: [suspension], dues: retirementAlone },
  bankrupt: { events: [{ ...bankruptcy, cause: 'BANKRUPT' }] },
  person: { employer: { is_natural_person: true, ownership: 'HOUSEHOLD_BUSINESS' } },
};

export const identifyText = (area = dienBien, asOf = debtOn) =>
  `mutation { identifyDebt(area: ${area}, asOf: "${asOf}") { code state employers positions } }`;

export async function openListBench(): Promise<ReleaseBench> {
  const names = Object.keys(cases);
  const bench = await openBench(async (owner) => {
    // This operator lists the excused; when nothing is said they are not.
    await owner.query(
      "update legal_parameter set value = 'YES' where code = 'EXCUSED_LISTED_AS_LATE'",
    );
    await insertDebt(owner, {
      employers: names.map((name) => employer(name, commune, cases[name]!.employer)),
      obligations: names.flatMap((name) =>
        months.map((month) => obligation(name, month, [100, 0], cases[name]!.dues)),
      ),
      events: names.flatMap((name) =>
        (cases[name]!.events ?? []).map((more) =>
          event(`${name} ${String(more['kind'])}`, name, String(more['kind']), more),
        ),
      ),
      payments: names.flatMap((name) => {
        const { paid } = cases[name]!;
        return paid ? [payment(name, ...paid)] : [];
      }),
    });
  }, false);
  accepted(await bench.gateway.ask(desk, identifyText()));
  return bench;
}

/** Money that was booked later than it came. */
export const book = ({ owner }: ReleaseBench, of: string, day: string, amount: string) =>
  insertDebt(owner, { payments: [payment(of, day, amount)] });

export const draftText = (more: Readonly<Record<string, string>> = {}) => {
  const given = {
    area: dienBien,
    timePeriod: '"2026-Q1"',
    debtOn: `"${debtOn}"`,
    paidUntil: `"${paidUntil}"`,
    ...more,
  };
  const list = Object.entries(given).map(([name, value]) => `${name}: ${value}`);
  return `mutation { draftStatutoryList(${list.join(', ')}) { code version state } }`;
};
export const stepText = (name: string, code: string, more = '') =>
  `mutation { ${name}StatutoryList(list: "${code}" ${more})${name === 'discard' ? '' : ' { code version state }'} }`;

export const desk = 'si-dien-bien';
export const second = { subject: 'second' };

/** Draws it up, as the first person. */
export async function draft({ gateway }: ReleaseBench): Promise<string> {
  return accepted(await gateway.ask(desk, draftText())).data.draftStatutoryList.code as string;
}

/** Approves it, as the second person. */
export const approve = ({ gateway }: ReleaseBench, code: string, more = '') =>
  gateway.ask(desk, stepText('approve', code, more), second);

export const said = (reply: Parameters<typeof errorCode>[0]) => {
  const extensions: Readonly<Record<string, unknown>> = reply.errors[0]?.extensions ?? {};
  return [extensions['code'], extensions['field']];
};

/** What everybody reads at an instant, by the database alone. */
export async function publicAt({ gateway }: ReleaseBench, instant: Date, text: string) {
  const scope: Scope = {
    ...nobody,
    agency: 'press-vn',
    instant: instant.toISOString(),
    topics: ['DEBT'],
    published: ['DEBT'],
  };
  return withScope(scope, async () => (await gateway.store.gateway.query(text)).rows as Row[]);
}

/** Of whose debt of the day the protection of releases takes the audience to know, and whether it knows it to the dong. */
export async function knownToAudience({ gateway }: ReleaseBench): Promise<Record<string, boolean>> {
  const scope: Scope = { ...nobody, instant: new Date().toISOString(), engine: 'DEBT' };
  const text = `select employer_id, is_certain from audience_employers('${debtOn}') order by 1`;
  const { rows } = await withScope(scope, () => gateway.store.gateway.query(text));
  return Object.fromEntries(
    (rows as { employer_id: string; is_certain: boolean }[]).map((row) => [
      row.employer_id,
      row.is_certain,
    ]),
  );
}
