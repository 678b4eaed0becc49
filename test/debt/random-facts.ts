/** Employers with random facts from a fixed seed, close enough together that amounts and days meet often: as rows, and as the law engine takes them. */
import fc from 'fast-check';
import type { Cycle, DebtFacts, Fund } from '../../src/debt/law/facts.ts';
import {
  employer,
  event,
  obligation,
  payment,
  registrationDuty,
  underdeclaration,
  type DebtRows,
  type Row,
} from '../debt-marks.ts';

const funds: readonly Fund[] = ['RETIREMENT', 'SICKNESS', 'ACCIDENT', 'UNEMPLOYMENT', 'HEALTH'];
const cycles: readonly Cycle[] = ['MONTHLY', 'MONTHLY', 'QUARTERLY', 'SEMIANNUAL'];
const anyMonth = fc.constantFrom('2025-06', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12');
const anyDay = fc.constantFrom(
  '2025-09-29',
  '2025-09-30',
  '2025-10-01',
  '2025-10-31',
  '2025-11-15',
  '2025-12-31',
);
/** Once in so many. */
const seldom = <T>(one: fc.Arbitrary<T>, times = 12): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: one });

const facts = fc.record({
  obligations: fc.uniqueArray(
    fc.record({
      month: anyMonth,
      cycle: fc.constantFrom(...cycles),
      dues: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 }),
      registeredOn: seldom(anyDay, 3),
    }),
    { maxLength: 5, selector: ({ month }) => month },
  ),
  payments: fc.uniqueArray(
    fc.record({
      day: anyDay,
      amount: fc.integer({ min: 1, max: 25 }),
      reversedOn: seldom(fc.constantFrom('2025-10-31', '2025-12-31')),
    }),
    { maxLength: 4, selector: ({ day }) => day },
  ),
  act: seldom(fc.constantFrom('REMINDER', 'SUSPENSION', 'FORCE_MAJEURE', 'HARD_TO_COLLECT')),
  actOn: anyDay,
  duty: seldom(anyDay),
  declaredLow: seldom(fc.constant('2025-08')),
});
type Given = ReturnType<typeof facts.generate>['value'];

const causes: Readonly<Record<string, string>> = {
  FORCE_MAJEURE: 'STORM',
  HARD_TO_COLLECT: 'BANKRUPT',
};
const started = '2025-08-01';

function rowsOf(
  id: string,
  given: Given,
): Required<Pick<DebtRows, 'events' | 'obligations'>> & DebtRows {
  const { act, actOn } = given;
  const more: Row = {
    occurred_on: actOn,
    cause: causes[act ?? ''] ?? null,
    from_on: act === 'REMINDER' ? null : started,
  };
  return {
    obligations: given.obligations.map(({ month, cycle, dues, registeredOn }) =>
      obligation(id, month, [0, 0], {
        payment_cycle: cycle,
        registered_on: registeredOn,
        ...Object.fromEntries(funds.map((fund, i) => [`due_${fund.toLowerCase()}`, dues[i]])),
      }),
    ),
    payments: given.payments.map(({ day, amount, reversedOn }) => ({
      ...payment(id, day, String(amount)),
      reversed_on: reversedOn !== null && reversedOn > day ? reversedOn : null,
    })),
    events: act === null ? [] : [event(`act of ${id}`, id, act, more)],
    registrationDuties:
      given.duty === null ? [] : [registrationDuty(`duty of ${id}`, id, { duty_from: given.duty })],
    underdeclarations: given.declaredLow === null ? [] : [underdeclaration(`low of ${id}`, id)],
  };
}

function factsOf({ obligations, payments, act, actOn, duty, declaredLow }: Given): DebtFacts {
  const only = <T>(kind: string, fact: T): T[] => (act === kind ? [fact] : []);
  return {
    obligations: obligations.flatMap(({ month, cycle, dues, registeredOn }) =>
      funds.map((fund, i) => ({
        id: `${month} ${fund}`,
        month,
        fund,
        cycle,
        amount: BigInt(dues[i]!),
        registeredOn,
        workers: 20,
      })),
    ),
    payments: payments.map(({ day, amount, reversedOn }) => ({
      id: day,
      receivedOn: day,
      amount: BigInt(amount),
      reversedOn: reversedOn !== null && reversedOn > day ? reversedOn : null,
    })),
    reminders: only('REMINDER', { id: 'act', sentOn: actOn }),
    suspensions: only('SUSPENSION', {
      id: 'act',
      fromMonth: started.slice(0, 7),
      decidedOn: actOn,
    }),
    forceMajeure: only('FORCE_MAJEURE', { id: 'act', from: started, recognisedOn: actOn }),
    hardToCollect: only('HARD_TO_COLLECT', {
      id: 'act',
      kind: 'BANKRUPT' as const,
      foundOn: actOn,
      from: started,
    }),
    registrations: duty === null ? [] : [{ id: 'duty', dutyFrom: duty, workers: 3 }],
    underdeclarations:
      declaredLow === null
        ? []
        : [
            {
              id: 'low',
              month: declaredLow,
              registeredBase: 70_000_000n,
              legalBase: 100_000_000n,
              workers: 10,
            },
          ],
  };
}

/** So many employers of an area, with their facts as the engine takes them by id. */
export function randomEmployers(
  count: number,
  area: string,
): { readonly rows: DebtRows; readonly factsById: ReadonlyMap<string, DebtFacts> } {
  const given = fc.sample(facts, { numRuns: count, seed: 7 });
  const named = given.map((one, i) => [`random-${String(i).padStart(4, '0')}`, one] as const);
  const parts = named.map(([id, one]) => rowsOf(id, one));
  return {
    rows: {
      employers: named.map(([id]) => employer(id, area)),
      obligations: parts.flatMap(({ obligations }) => obligations),
      payments: parts.flatMap(({ payments }) => payments ?? []),
      events: parts.flatMap(({ events }) => events),
      registrationDuties: parts.flatMap(({ registrationDuties }) => registrationDuties ?? []),
      underdeclarations: parts.flatMap(({ underdeclarations }) => underdeclarations ?? []),
    },
    factsById: new Map(named.map(([id, one]) => [id, factsOf(one)])),
  };
}
