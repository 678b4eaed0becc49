/** The fines that an employer faces for what an assessment finds, in the schema. */
import { builder } from '../platform/builder.ts';
import { BasisRef, dayOf, ReasonRef } from './assessment-parts.ts';
import { FineBasis, LegalReliability } from './law-queries.ts';
import type { AssessedFine } from './law/assessed-fines.ts';
import { DebtState } from './vocabulary.ts';

const FineDecreeDay = builder.enumType('FineDecreeDay', {
  description:
    'By which day’s decree a violation is judged that goes on while one gives way to another.',
  values: {
    FIRST_DAY: { description: 'By that of its first day.' },
    LAST_DAY: { description: 'By that of the day asked, on which it still goes on.' },
  } as const,
});

export const FineRef = builder.objectRef<AssessedFine>('DebtFine').implement({
  description:
    'The range of the fine for one violation that an assessment finds, by the decree that judges it; no decision. What belongs to one violation and one decree is fined together, but for what an open parameter puts under it.',
  fields: (t) => ({
    violation: t.exposeString('violation', {
      description: 'List LEGAL_VIOLATION, which names it in words.',
    }),
    states: t.field({
      type: [DebtState],
      description:
        'The states that are this violation, the gravest first; what is excused counts as late payment (Art 38(4)).',
      resolve: ({ states }) => [...states],
    }),
    isOrganisation: t.exposeBoolean('isOrganisation', {
      description:
        'Whether the range is an organisation’s: not of an employer that is registered now as a natural person.',
    }),
    since: t.field({
      type: 'Date',
      nullable: true,
      description:
        'Its first day; null where that lies under the law before 2025-07-01, which is not verified.',
      resolve: ({ since }) => dayOf(since),
    }),
    judgedOn: t.field({
      type: 'Date',
      nullable: true,
      description:
        'The day whose decree was looked up; of several first days the earliest found. Null where none was looked up, which `reasons` explains.',
      resolve: ({ judgedOn }) => dayOf(judgedOn),
    }),
    decreeDay: t.field({
      type: FineDecreeDay,
      nullable: true,
      description:
        'Where the first day and the day asked are of two decrees, which of them was taken, by the OPEN parameter FINE_DECREE_OF_ONGOING; null where the answer does not rest on it.',
      resolve: ({ decreeDay }) => decreeDay,
    }),
    itemCount: t.int({
      description: 'Of how many items of the assessment it is made.',
      resolve: ({ items }) => items.length,
    }),
    workers: t.exposeInt('workers', {
      nullable: true,
      description: 'The workers by whose number it goes; null where it does not.',
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      nullable: true,
      description:
        'What is late or evaded, of which the percentage is taken, in dong; null where it goes by heads, or where not all of it is known.',
    }),
    measuredBy: t.field({
      type: FineBasis,
      nullable: true,
      description: 'By what it is measured; null without a range.',
      resolve: ({ range }) => range?.measuredBy ?? null,
    }),
    min: t.field({
      type: 'Int64',
      nullable: true,
      description:
        'The lowest fine, in dong, a fraction rounded half up; null with reasons. The multiple for an organisation is in it.',
      resolve: ({ range }) => range?.min ?? null,
    }),
    max: t.field({
      type: 'Int64',
      nullable: true,
      description: 'The highest fine, in dong; null with reasons.',
      resolve: ({ range }) => range?.max ?? null,
    }),
    cap: t.field({
      type: 'Int64',
      nullable: true,
      description: 'The most that the percentage may come to, in dong; null where it is none.',
      resolve: ({ range }) => range?.cap ?? null,
    }),
    isCapped: t.boolean({
      nullable: true,
      description: 'Whether the cap has stopped the highest fine; null without a range.',
      resolve: ({ range }) => range && range.cappedAt !== null,
    }),
    warningThreshold: t.field({
      type: 'Int64',
      nullable: true,
      description:
        'Below this fine the decree speaks of a warning, in dong; null where that is not known.',
      resolve: ({ range }) => range?.warningThreshold ?? null,
    }),
    instrument: t.string({
      nullable: true,
      description: 'The number of the decree; null without a range.',
      resolve: ({ range }) => range?.instrument ?? null,
    }),
    article: t.string({
      nullable: true,
      description: 'Its article; null without a range.',
      resolve: ({ range }) => range?.article ?? null,
    }),
    reliability: t.field({
      type: LegalReliability,
      nullable: true,
      description: 'How far the decree’s row is verified: OCR must be looked up before use.',
      resolve: ({ range }) => range?.reliability ?? null,
    }),
    basis: t.field({
      type: [BasisRef],
      description: 'The decree and the parameters that it rests on.',
      resolve: ({ basis }) => [...basis],
    }),
    reasons: t.field({
      type: [ReasonRef],
      description: 'Why there is no range; empty where there is one.',
      resolve: ({ reason, parameter }) =>
        reason === null ? [] : [{ code: reason, ...(parameter && { parameter }) }],
    }),
  }),
});
