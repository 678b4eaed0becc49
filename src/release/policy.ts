/** Who may use what of releases: the calendar is everyone's, who made them is not. */
import { connection, members, root, type } from '../policy/table.ts';
import { everyone, readers, type PolicyTable } from '../policy/types.ts';

const makers = ['SI', 'STEWARD', 'AUDITOR'] as const;

export const policy: PolicyTable = {
  ...type(
    'Release',
    everyone,
    `id code dataflow titleVi titleEn area timePeriod state version provisional exceptional scheduledAt
     publishedAt withdrawnAt note`,
  ),
  ...members('Release', makers, 'preparedBy approvedBy'),
  ...type('ReleaseState', everyone, 'SCHEDULED PUBLISHED CORRECTED WITHDRAWN'),
  // Whoever meets no draft need not know how far it is.
  ...members('ReleaseState', [...makers, 'LABOUR'], 'DRAFT PROTECTED'),
  ...type(
    'ReleaseFilter',
    everyone,
    'area dataflow state timePeriod scheduledFrom scheduledBefore',
  ),
  ...type('ReleaseOrder', everyone, 'SCHEDULED_ASC SCHEDULED_DESC'),
  ...connection('Release', everyone),
  ...root('releases', everyone, 'ANY_GRANT', 'first after where orderBy'),
  ...members('RecordedObservation', readers, 'release'),
};
