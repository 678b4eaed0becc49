/** Employers in every case of the statutory list, and the people who make one. */
import { nobody, withScope, type Scope } from '../../src/platform/scope.ts';
import { employer, insertDebt, obligation, payment, position, type Row } from '../debt-marks.ts';
import { accepted, errorCode, openBench, type ReleaseBench } from '../release/support.ts';

export const dienBien = '{ code: "11", vintage: "2025-07" }';
const commune = '03127@2025-07';
export const debtOn = '2026-03-31';
export const paidUntil = '2026-04-14';
const months = ['2025-12', '2026-01', '2026-02', '2026-03'];

/** Four months late with 500 dong each. */
const owing = { as_of: debtOn, months_late: 4, workers_affected: 20 };
const cases: Readonly<Record<string, { position?: Row; employer?: Row; paid?: [string, string] }>> =
  {
    late: { paid: ['2026-04-10', '500'] },
    evading: { position: { state: 'EVASION_UNPAID_AFTER_REMINDER', legal_basis: 'Art 39' } },
    excused: { position: { state: 'EXCUSED', legal_basis: 'Art 38(4)' } },
    paidlater: { paid: ['2026-04-15', '2000'] },
    // Never on a list: paid on the day of the cut-off, two months late, and by their state or person.
    paid: { paid: ['2026-04-14', '2000'] },
    recent: { paid: ['2026-04-01', '1000'] },
    suspended: { position: { state: 'SUSPENDED' } },
    bankrupt: { position: { state: 'HARD_TO_COLLECT' } },
    person: { employer: { is_natural_person: true, ownership: 'HOUSEHOLD_BUSINESS' } },
  };

export async function openListBench(): Promise<ReleaseBench> {
  const names = Object.keys(cases);
  return openBench(async (owner) => {
    // This operator lists the excused; when nothing is said they are not.
    await owner.query(
      "update legal_parameter set value = 'YES' where code = 'EXCUSED_LISTED_AS_LATE'",
    );
    await insertDebt(owner, {
      employers: names.map((name) => employer(name, commune, cases[name]!.employer)),
      positions: names.map((name) => position(name, 2000, { ...owing, ...cases[name]!.position })),
      obligations: names.flatMap((name) =>
        months.map((month) => obligation(name, month, [100, 0])),
      ),
      payments: names.flatMap((name) => {
        const { paid } = cases[name]!;
        return paid ? [payment(name, ...paid)] : [];
      }),
    });
  }, false);
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

/** Employers of whose debt of the day the protection of releases takes the audience to know. */
export async function knownToAudience({ gateway }: ReleaseBench): Promise<string[]> {
  const scope: Scope = { ...nobody, instant: new Date().toISOString(), engine: 'DEBT' };
  const text = `select employer_id from audience_employers('${debtOn}') order by 1`;
  const { rows } = await withScope(scope, () => gateway.store.gateway.query(text));
  return (rows as { employer_id: string }[]).map((row) => row.employer_id);
}
