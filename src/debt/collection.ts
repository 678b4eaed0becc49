/** What an insurance office had to collect and collected in a period, in the schema, with its rates. */
import { OfficeRef } from '../area/office.ts';
import { sourceLoader } from '../observation/provenance-data.ts';
import { SourceRef } from '../observation/provenance.ts';
import { builder } from '../platform/builder.ts';
import type { Collected } from './collection-ledger.ts';
import { missingOf, percentOf, receivableOf, revenueOf, type Rate } from './collection-rates.ts';
import { officeLoader } from './collection-data.ts';

export interface OfficeCollection {
  readonly officeId: string;
  readonly timePeriod: string;
  readonly countedTo: Date;
  readonly collected: Collected;
  /** Null where none is assigned for exactly this period. */
  readonly estimatedRevenue: bigint | null;
  readonly estimatedReceivable: bigint | null;
  readonly sourceIds: readonly string[];
}

const CollectionRateMissing = builder.enumType('CollectionRateMissing', {
  description: 'Why a rate has no value.',
  values: {
    ESTIMATE_MISSING: {
      description:
        'For exactly this office and period nothing is assigned; a year’s estimate is not divided.',
    },
    BASE_NOT_POSITIVE: { description: 'The base is zero or less.' },
  } as const,
});

const CollectionRateRef = builder.objectRef<Rate>('CollectionRate').implement({
  description: 'A share as an exact fraction, and in percent.',
  fields: (t) => ({
    numerator: t.expose('numerator', { type: 'Int64', description: 'In dong.' }),
    denominator: t.expose('denominator', {
      type: 'Int64',
      nullable: true,
      description: 'The base, in dong; null where it is not assigned.',
    }),
    percent: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'In percent with two decimals, half of the last one rounded away from zero; null where `missing` says why.',
      resolve: percentOf,
    }),
    missing: t.field({
      type: CollectionRateMissing,
      nullable: true,
      description: 'Why there is no percentage; null where there is one.',
      resolve: missingOf,
    }),
  }),
});

/** A field that is one rate of the row. */
const rate = (description: string, of: (row: OfficeCollection) => Rate) =>
  ({ type: CollectionRateRef, description, resolve: of }) as const;

const dong = (description: string, of: (collected: Collected) => bigint) =>
  ({
    type: 'Int64',
    description,
    resolve: ({ collected }: OfficeCollection) => of(collected),
  }) as const;

export const OfficeCollectionRef = builder
  .objectRef<OfficeCollection>('OfficeCollection')
  .implement({
    description:
      'What an office had to collect from employers and collected in a period, in whole dong. openingOverdue - openingCredit + fellDue - revenue = closingOverdue - closingCredit, exactly; a period opens with what the one before closed with.',
    fields: (t) => ({
      office: t.field({
        type: OfficeRef,
        nullable: true,
        description:
          'Who collects: a grassroots office from its own employers, a provincial one in its whole province, the national one everywhere.',
        resolve: ({ officeId }, _args, context) => officeLoader(context).load(officeId) as never,
      }),
      timePeriod: t.exposeString('timePeriod', { description: 'The year, quarter or month.' }),
      countedTo: t.expose('countedTo', {
        type: 'Date',
        description: 'The last day that is counted: of the period that goes on, today.',
      }),
      openingOverdue: t.field(
        dong('Due before the period and unpaid when it began.', (c) => c.openingOverdue),
      ),
      openingCredit: t.field(
        dong(
          'Received before the period beyond what was due: money in advance.',
          (c) => c.openingCredit,
        ),
      ),
      fellDue: t.field(
        dong(
          'Contributions whose last day to pay lies in the period, or that were registered in it after that day. What a suspension defers falls due when it is over; where it defers what was due, it counts off in the period of its decision, so that this may be negative.',
          (c) => c.fellDue,
        ),
      ),
      receivable: t.field(
        dong('openingOverdue + fellDue (số phải thu, with what was open before).', receivableOf),
      ),
      received: t.field(dong('Payments received in the period.', (c) => c.received)),
      reversed: t.field(
        dong(
          'Payments taken back in the period, whenever they had been received.',
          (c) => c.reversed,
        ),
      ),
      revenue: t.field(dong('received - reversed (số đã thu).', revenueOf)),
      closingOverdue: t.field(
        dong(
          'Due until the last day counted and unpaid at its end: late from the next day on. Debt that is hard to collect is in it.',
          (c) => c.closingOverdue,
        ),
      ),
      closingCredit: t.field(
        dong('Received until then beyond what was due.', (c) => c.closingCredit),
      ),
      estimatedRevenue: t.expose('estimatedRevenue', {
        type: 'Int64',
        nullable: true,
        description:
          'What was to be received, as assigned for exactly this office and period: for all funds together, or the sum where each fund has its own. Null where it is not assigned.',
      }),
      estimatedReceivable: t.expose('estimatedReceivable', {
        type: 'Int64',
        nullable: true,
        description: 'The same of what would have to be paid for the period.',
      }),
      revenueOfEstimate: t.field(
        rate('revenue / estimatedRevenue: how far the estimate is met.', (row) => ({
          numerator: revenueOf(row.collected),
          denominator: row.estimatedRevenue,
        })),
      ),
      revenueOfReceivable: t.field(
        rate('revenue / receivable, what was open before included.', (row) => ({
          numerator: revenueOf(row.collected),
          denominator: receivableOf(row.collected),
        })),
      ),
      revenueOfFellDue: t.field(
        rate('revenue / fellDue, what was open before left out.', (row) => ({
          numerator: revenueOf(row.collected),
          denominator: row.collected.fellDue,
        })),
      ),
      overdueOfReceivable: t.field(
        rate('closingOverdue / receivable.', (row) => ({
          numerator: row.collected.closingOverdue,
          denominator: receivableOf(row.collected),
        })),
      ),
      overdueOfFellDue: t.field(
        rate('closingOverdue / fellDue.', (row) => ({
          numerator: row.collected.closingOverdue,
          denominator: row.collected.fellDue,
        })),
      ),
      overdueOfEstimatedReceivable: t.field(
        rate(
          'closingOverdue / estimatedReceivable, the base of published debt rates (tỷ lệ chậm đóng).',
          (row) => ({
            numerator: row.collected.closingOverdue,
            denominator: row.estimatedReceivable,
          }),
        ),
      ),
      sources: t.field({
        type: [SourceRef],
        description: 'Where the rows come from; generated ones say SYNTHETIC in `nature`.',
        resolve: async ({ sourceIds }, _args, context) => {
          const found = await sourceLoader(context).loadMany([...sourceIds]);
          return found.filter((source) => source !== null) as never;
        },
      }),
    }),
  });
