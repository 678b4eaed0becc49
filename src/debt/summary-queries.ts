/** Asking what the debts of an area or province come to, group by group. */
import { areasById, placeWhere } from '../area/data.ts';
import { AreaKeyInput, AreaRef } from '../area/types.ts';
import { sourceLoader } from '../observation/provenance-data.ts';
import { SourceRef } from '../observation/provenance.ts';
import { builder } from '../platform/builder.ts';
import { fewRows } from '../platform/limits.ts';
import { withinDescription } from './sentences.ts';
import { summaryDay } from './summary-days-data.ts';
import {
  emptySummary,
  summarise,
  type DebtGroup,
  type SummaryQuestion,
  type Sums,
} from './summary-data.ts';
import { DebtState } from './vocabulary.ts';

const DebtSummaryBy = builder.enumType('DebtSummaryBy', {
  description: 'By what debts are added up.',
  values: {
    STATE: {
      description:
        'By legal state; codes of the enum DebtState, and NOT_VERIFIED where no verified rule gives one.',
    },
    MONTHS_BAND: {
      description: 'By months late; codes M0 (none), M1_2, M3_5, M6_11, M12_PLUS.',
    },
    SIZE_BAND: { description: 'By size of the employer; list SIZE_BAND.' },
    SECTOR: { description: 'By sector of the employer; list EMPLOYER_SECTOR.' },
    OWNERSHIP: { description: 'By ownership of the employer; list OWNERSHIP.' },
    OFFICE: { description: 'By insurance office that collects; codes of offices.' },
    AREA: {
      description:
        'By area in which the employer was on the day; its code with its vintage, such as 03217@2025-07, since a code may name another area in another vintage.',
    },
    FUND: {
      description:
        'By insurance fund that is owed; list FUND. An employer is in the group of each fund to which it owes, so that amounts add up to the whole and employers do not. NONE: owes nothing, but has not registered workers. NOT_SPLIT: owes, and its position was made before amounts were kept by fund; while this group is there, those of the funds lack its amount, and `identifyDebt` of the day takes it away.',
    },
  } as const,
});

const DebtGroupRef = builder.objectRef<DebtGroup>('DebtGroup').implement({
  description: 'The debts of one group of employers, added up.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The group; `by` says of which list.' }),
    employers: t.expose('employers', { type: 'Int64', description: 'How many employers.' }),
    amount: t.expose('amount', {
      type: 'Int64',
      description:
        'What is due and unpaid, in dong; exact. By FUND what of it is owed to the fund.',
    }),
    workersAffected: t.expose('workersAffected', {
      type: 'Int64',
      description:
        'Workers whose contributions are unpaid, or who are not registered. By FUND all those of the employers that owe to the fund.',
    }),
  }),
});

interface DebtSummary extends Sums {
  readonly asOf: Date | null;
  /** Ids of areas. */
  readonly missing: readonly string[];
  readonly by: SummaryQuestion['by'];
  readonly groups: readonly DebtGroup[];
}

/** Those of before July 2025 too. */
const provincesMax = 97;

const DebtSummaryRef = builder.objectRef<DebtSummary>('DebtSummary').implement({
  description:
    'The debts that the caller may see on one day, added up by group; internal, and no release. Each employer is in one group, but by FUND in that of each fund to which it owes.',
  fields: (t) => ({
    asOf: t.expose('asOf', {
      type: 'Date',
      nullable: true,
      description:
        'The day; null where no province in reach was identified of the day asked, or of any: then nothing is known, which is not that nobody owes.',
    }),
    missingProvinces: t.field({
      type: [AreaRef],
      extensions: fewRows(provincesMax),
      description:
        'Provinces in reach, and in the place asked, that were identified of other days and not of this one: the sums lack them. In the order of their codes.',
      resolve: ({ missing }, _args, context) => areasById(context, missing),
    }),
    by: t.field({
      type: DebtSummaryBy,
      description: 'By what the groups are made.',
      resolve: (summary) => summary.by,
    }),
    employers: t.expose('employers', {
      type: 'Int64',
      description: 'Employers of all groups, each once.',
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      description: 'What is due and unpaid in all groups, in dong; exact.',
    }),
    workersAffected: t.expose('workersAffected', {
      type: 'Int64',
      description: 'The same of all groups, those of each employer once.',
    }),
    sources: t.field({
      type: [SourceRef],
      description: 'Where the positions come from; generated ones say SYNTHETIC in `nature`.',
      resolve: async ({ groups }, _args, context) => {
        const ids = new Set(groups.flatMap(({ sourceIds }) => sourceIds));
        const found = await sourceLoader(context).loadMany([...ids].sort());
        return found.filter((source) => source !== null) as never;
      },
    }),
    groups: t.field({
      type: [DebtGroupRef],
      description: 'The groups that are not empty, by code.',
      resolve: (summary) => [...summary.groups],
    }),
  }),
});

builder.queryField('debtSummary', (t) =>
  t.field({
    type: DebtSummaryRef,
    description:
      'How many employers owe how much for how many workers on a day, those included that owe nothing but have not registered workers. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS, AREA_NOT_PROVINCE, DAY_OUT_OF_RANGE.',
    args: {
      area: t.arg({ type: AreaKeyInput, description: 'Employers of exactly this area.' }),
      within: t.arg({ type: AreaKeyInput, description: withinDescription }),
      asOf: t.arg({
        type: 'Date',
        description:
          'The day. When left out, the newest of which all provinces in reach were identified that ever were; without such a day, the newest that one of them was. See `missingProvinces`.',
      }),
      state: t.arg({ type: [DebtState], description: 'Only debts in one of these states.' }),
      by: t.arg({ type: DebtSummaryBy, required: true, description: 'By what to add up.' }),
    },
    resolve: async (_root, { by, state, asOf: asked, ...place }, context) => {
      const where = await placeWhere(context, place);
      const { asOf, missing } = await summaryDay(context, where, asked ?? null);
      const question = { ...where, by, states: state ? [...state] : null };
      const { groups, total } = asOf
        ? await summarise(context, { ...question, asOf })
        : emptySummary;
      // A group may be one employer: the record counts each.
      for (const { code } of groups) {
        context.draft.given('DebtGroup', { id: `${by} ${code}`, topic: 'DEBT' });
      }
      return { asOf, missing, by, groups, ...total };
    },
  }),
);
