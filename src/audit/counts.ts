/** Counting who read what, by whom, for what and over time. */
import { builder } from '../platform/builder.ts';
import { checkedNumber } from '../platform/checked.ts';
import { PublicError } from '../platform/errors.ts';
import {
  countRecords,
  groupsMax,
  type CountGroup,
  type Dimension,
  type Interval,
} from './counts-data.ts';
import { AccessRecordFilter } from './record-filter.ts';

const dimensionsMax = 3;
const once = 'a record counts once for each of its values, and under null when it has none';

const AccessDimension = builder.enumType('AccessDimension', {
  description: 'By what records of the access log are counted.',
  values: {
    AGENCY: { description: 'The agency that asked; null for callers who are nobody we know.' },
    APPLICATION: { description: 'Its program.' },
    ROLE: { description: 'Its role.' },
    PURPOSE: { description: 'The purpose; list PURPOSE.' },
    GRANT: { description: `Codes of the grants used: ${once}.` },
    OPERATION: { description: 'The operation’s name, as the caller gave it.' },
    TOPIC: { description: `Topics touched: ${once}.` },
    AREA: {
      description: `Areas touched, as code@vintage: ${once}, or when it touched more than 100.`,
    },
    OUTCOME: { description: 'How the request ended: values of AccessOutcome.' },
    ERROR_CODE: { description: 'The first error’s code; null where there was none.' },
    WITHHELD_REASON: {
      description: `Why cells were held back: ${once}. Withheld cells are those of the reason.`,
    },
    PROVIDER: {
      description: `Agencies that contributed rows: ${once}. Rows are those of the provider; of null, reference data and derived figures of records without any provider.`,
    },
    DOCUMENT: { description: 'The document’s hash; see `accessDocument`.' },
  } satisfies Record<Dimension, object>,
});

export const AccessIntervalEnum = builder.enumType('AccessInterval', {
  description: 'Into which stretches a period is cut, in the time of Viet Nam.',
  values: {
    HOUR: { description: 'Hours.' },
    DAY: { description: 'Days.' },
    MONTH: { description: 'Calendar months.' },
    YEAR: { description: 'Calendar years.' },
  } satisfies Record<Interval, object>,
});

interface Key {
  readonly dimension: Dimension;
  readonly value: string | null;
}

const AccessCountKeyRef = builder.objectRef<Key>('AccessCountKey').implement({
  description: 'What the records of a group have in common.',
  fields: (t) => ({
    dimension: t.field({
      type: AccessDimension,
      description: 'By what.',
      resolve: ({ dimension }) => dimension,
    }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'Which; null where the records have none.',
    }),
  }),
});

interface Counted extends CountGroup {
  readonly by: readonly Dimension[];
}

const AccessCountRef = builder.objectRef<Counted>('AccessCount').implement({
  description: 'How many records of the access log are in one group, and what they add up to.',
  fields: (t) => ({
    keys: t.field({
      type: [AccessCountKeyRef],
      description: 'One for each of `by`, in its order.',
      resolve: ({ by, keys }) => by.map((dimension, i) => ({ dimension, value: keys[i] ?? null })),
    }),
    start: t.expose('start', {
      type: 'DateTime',
      nullable: true,
      description: 'The instant at which the stretch begins; null without `interval`.',
    }),
    records: t.expose('records', {
      type: 'Int64',
      description: 'Records. A mutation has two: announced, and as it ended.',
    }),
    requests: t.expose('requests', {
      type: 'Int64',
      description: 'Requests: more than records where a flood of refusals shares one.',
    }),
    rows: t.expose('rows', { type: 'Int64', description: 'Rows that left.' }),
    employers: t.expose('employers', {
      type: 'Int64',
      description:
        'Employers of which rows left, added up over records: the same one counts again.',
    }),
    withheldCells: t.expose('withheldCells', {
      type: 'Int64',
      description: 'Cells that were held back.',
    }),
  }),
});

function assertOnce(by: readonly Dimension[]): void {
  checkedNumber('by', by.length, [0, dimensionsMax]);
  const twice = by.find((dimension, i) => by.indexOf(dimension) !== i);
  if (twice) throw new PublicError('VALUE_TWICE', { field: 'by', value: twice });
}

builder.queryField('accessCounts', (t) =>
  t.field({
    type: [AccessCountRef],
    description: `The access log in numbers, sorted by time and then by value; at most ${groupsMax} groups. It counts by the columns that serve filters; what a record proves is its leaf. Errors: TOO_MANY_GROUPS, NUMBER_OUT_OF_BOUNDS, VALUE_TWICE.`,
    args: {
      by: t.arg({
        type: [AccessDimension],
        required: true,
        description: `By what: at most ${dimensionsMax}; an empty list adds everything up.`,
      }),
      interval: t.arg({
        type: AccessIntervalEnum,
        description: 'Cuts the period into stretches; the whole of it when left out.',
      }),
      where: t.arg({ type: AccessRecordFilter, description: 'Which records.' }),
    },
    resolve: async (_root, { by, interval, where }, context) => {
      assertOnce(by);
      const question = { by, interval: interval ?? null, where: where ?? {} };
      const groups = await countRecords(context, question);
      for (const { keys, start } of groups) {
        const id = JSON.stringify([by, interval, start, keys]);
        context.draft.given('AccessCount', { id });
      }
      return groups.map((group) => ({ ...group, by }));
    },
  }),
);
