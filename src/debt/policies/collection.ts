/** Who may use what of collection: how much an office has to bring in, and does, is the insurance agency's own. */
import { connection, mutation, root, type } from '../../policy/table.ts';
import type { PolicyTable } from '../../policy/types.ts';

const insurer = ['SI'] as const;

export const collection: PolicyTable = {
  ...type(
    'OfficeCollection',
    insurer,
    `office timePeriod countedTo openingOverdue openingCredit fellDue receivable received reversed revenue
     closingOverdue closingCredit estimatedRevenue estimatedReceivable revenueOfEstimate revenueOfReceivable
     revenueOfFellDue overdueOfReceivable overdueOfFellDue overdueOfEstimatedReceivable sources`,
  ),
  ...type('CollectionRate', insurer, 'numerator denominator percent missing'),
  ...type('CollectionRateMissing', insurer, 'ESTIMATE_MISSING BASE_NOT_POSITIVE'),
  ...type('CollectionFilter', insurer, 'office within from to'),
  ...root('collection', insurer, ['DEBT'], 'where'),
  ...type('CollectionMeasure', insurer, 'REVENUE RECEIVABLE'),
  ...type(
    'CollectionEstimate',
    insurer,
    `id code office timePeriod measure fund amount instrument assignedOn knownFrom knownTo supersedes correctionReason
     withdrawalReason contributor source`,
  ),
  ...connection('CollectionEstimate', insurer),
  ...type('CollectionEstimateFilter', insurer, 'office within timePeriod current'),
  ...root('collectionEstimates', insurer, ['DEBT'], 'first after where'),
  ...type(
    'CollectionEstimateInput',
    insurer,
    'office timePeriod measure fund amount instrument assignedOn',
  ),
  ...mutation('assignCollectionEstimate', insurer, ['DEBT'], 'input'),
  ...mutation(
    'correctCollectionEstimate',
    insurer,
    ['DEBT'],
    'estimate amount instrument assignedOn reason',
  ),
};
