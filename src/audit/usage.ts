/** For every agency: who read what it contributed, in numbers. */
import { builder } from '../platform/builder.ts';
import { readUsage, usageRowsMax, type Usage } from './usage-data.ts';

const DataUsageInterval = builder.enumType('DataUsageInterval', {
  description: 'Into which stretches a period is cut, in the time of Viet Nam.',
  values: {
    DAY: { description: 'Days.' },
    MONTH: { description: 'Calendar months.' },
  } as const,
});

const late =
  'Reads by the press and for LABOUR_SUPERVISION appear by whole months that ended at least 30 days ago';

const DataUsageRef = builder.objectRef<Usage>('DataUsage').implement({
  description:
    'Requests of one agency for one purpose in which rows of one type left that the caller’s agency contributed.',
  fields: (t) => ({
    period: t.exposeString('period', {
      description: `The day, as 2026-11-26, or the month, as 2026-11. ${late}.`,
    }),
    consumer: t.exposeString('consumer', {
      nullable: true,
      description: 'Code of the agency that read, one’s own too; null of what appears late.',
    }),
    role: t.exposeString('role', { description: 'Its role.' }),
    purpose: t.exposeString('purpose', {
      nullable: true,
      description: 'The purpose, list PURPOSE; null of what appears late.',
    }),
    type: t.exposeString('type', { description: 'The type of the rows in the schema.' }),
    requests: t.expose('requests', { type: 'Int64', description: 'How many requests.' }),
    rows: t.expose('rows', {
      type: 'Int64',
      description: 'Rows that left, added up over requests: the same one counts again.',
    }),
  }),
});

builder.queryField('dataUsage', (t) =>
  t.field({
    type: [DataUsageRef],
    description: `Who read what the caller’s agency contributed, sorted by period, consumer, role, purpose and type. ${late}, if the period asked holds the whole month, and with their role alone, so that neither research nor an inspection is given away. It needs no purpose: an agency may always know. At most ${usageRowsMax} rows. Errors: SPAN_TOO_LONG (366 days), DATES_REVERSED, TOO_MANY_GROUPS.`,
    args: {
      from: t.arg({ type: 'Date', required: true, description: 'First day.' }),
      to: t.arg({ type: 'Date', required: true, description: 'Last day.' }),
      interval: t.arg({
        type: DataUsageInterval,
        defaultValue: 'MONTH',
        description: 'Into which stretches the period is cut.',
      }),
    },
    resolve: async (_root, { from, to, interval }, context) => {
      const usage = await readUsage(context, { from, to, byMonth: interval !== 'DAY' });
      for (const { requests: _requests, rows: _rows, ...key } of usage) {
        context.draft.given('DataUsage', { id: JSON.stringify(key) });
      }
      return usage;
    },
  }),
);
