/** Who may use what of releases: the calendar is everyone's; who made them, and what they hide, is not. */
import { args, connection, members, mutation, root, type } from '../policy/table.ts';
import { everyone, readers, type PolicyTable } from '../policy/types.ts';

/** Who draft and protect. */
const providers = ['SI'] as const;
/** Who announce and publish. */
const stewards = ['STEWARD'] as const;
const makers = ['SI', 'STEWARD'] as const;
const keepers = ['SI', 'STEWARD', 'AUDITOR'] as const;
const providerNeeds = ['ENROLLMENT', 'FINANCE'] as const;

const drafting: PolicyTable = {
  ...mutation('draftRelease', providers, providerNeeds, 'input'),
  ...type(
    'DraftReleaseInput',
    providers,
    'code dataflow breakdown area timePeriod titleVi titleEn provisional exceptional note',
  ),
  ...mutation('correctRelease', providers, providerNeeds, 'code newCode note'),
  ...mutation('protectRelease', providers, providerNeeds, 'code rules'),
  ...type('ReleaseRulesInput', providers, 'threshold pPercent dominance'),
  ...type('DominanceInput', providers, 'n k'),
  ...mutation('discardRelease', providers, providerNeeds, 'code'),
  ...type('ReleaseProtection', providers, 'rules cells primary secondary'),
  ...members('Release', providers, 'protection'),
  ...type(
    'ReleaseCell',
    providers,
    'key value unit shown confStatus rules attackLower attackUpper',
  ),
  ...connection('ReleaseCell', providers),
  ...root('releaseCells', providers, providerNeeds, 'first after release shown'),
};

const publishing: PolicyTable = {
  ...mutation('scheduleRelease', stewards, ['REGISTER'], 'code scheduledAt'),
  ...mutation('approveRelease', stewards, ['REGISTER'], 'code'),
  ...mutation('withdrawRelease', makers, [...providerNeeds, 'REGISTER'], 'code reason'),
  ...mutation('requestPreReleaseAccess', stewards, ['REGISTER'], 'input'),
  ...type('PreReleaseAccessInput', stewards, 'release agency from until reason'),
  ...mutation('approvePreReleaseAccess', stewards, ['REGISTER'], 'access'),
  ...mutation('revokePreReleaseAccess', stewards, ['REGISTER'], 'access'),
  ...type(
    'ReleaseJob',
    makers,
    'kind state release step done total startedAt endedAt errorCode message',
  ),
  // Which cells are unsafe is a statement about them.
  ...members('ReleaseJob', providers, 'cells'),
  ...type('ReleaseJobKind', makers, 'PROTECT PUBLISH'),
  ...type('ReleaseJobState', makers, 'RUNNING DONE FAILED'),
  ...members('Release', makers, 'job'),
};

export const policy: PolicyTable = {
  ...type(
    'Release',
    everyone,
    `id code dataflow breakdown titleVi titleEn area timePeriod state version supersedes provider provisional
     exceptional scheduledAt publishedAt withdrawnAt note preReleaseAccess`,
  ),
  ...members('Release', keepers, 'preparedBy protectedBy scheduledBy approvedBy approvedAt'),
  ...members('Release', readers, 'changes'),
  ...args('Release.changes', readers, 'first'),
  ...type('ReleaseChange', readers, 'figureId before after'),
  ...type('ReleaseState', everyone, 'SCHEDULED PUBLISHED CORRECTED WITHDRAWN'),
  // Whoever meets no draft need not know how far it is.
  ...members('ReleaseState', keepers, 'DRAFT PROTECTED'),
  ...type(
    'PreReleaseAccess',
    everyone,
    'code release agency validFrom validTo reason approvedAt revokedAt',
  ),
  ...members('PreReleaseAccess', keepers, 'requestedBy approvedBy'),
  ...type(
    'ReleaseFilter',
    everyone,
    'area dataflow state timePeriod scheduledFrom scheduledBefore',
  ),
  ...type('ReleaseOrder', everyone, 'SCHEDULED_ASC SCHEDULED_DESC'),
  ...connection('Release', everyone),
  ...root('releases', everyone, 'ANY_GRANT', 'first after where orderBy'),
  ...members('RecordedObservation', readers, 'release'),
  ...drafting,
  ...publishing,
};
