/** Who may use what of debt: employers for who works with them, the statutory list for every reader. */
import { args, connection, members, mutation, root, type } from '../policy/table.ts';
import { insiders, readers, type PolicyTable } from '../policy/types.ts';
import { changesPolicy } from './policies/changes.ts';
import { collection } from './policies/collection.ts';
import { events } from './policies/events.ts';
import { facts } from './policies/facts.ts';
import { fines } from './policies/fines.ts';
import { fundsPolicy } from './policies/funds.ts';
import { identificationPolicy } from './policies/identification.ts';
import { inspectorPolicy } from './policies/inspector.ts';

/** SI and the labour authority by territory, unions where their members are confirmed. */
const parties = ['SI', 'LABOUR', 'UNION'] as const;
const insurer = ['SI'] as const;

const employers: PolicyTable = {
  ...type(
    'Employer',
    parties,
    `id code unitCode nameVi nameEn address sector ownership sizeBand isNaturalPerson office area paymentCycle
     liableFrom registeredOn closedOn contributor source positions events presences`,
  ),
  ...args('Employer.positions', parties, 'first'),
  ...args('Employer.events', parties, 'first'),
  ...members(
    'Employer',
    insiders,
    'obligations payments registrationDuties underdeclarations assessment',
  ),
  ...args('Employer.obligations', insiders, 'first'),
  ...args('Employer.payments', insiders, 'first'),
  ...args('Employer.registrationDuties', insiders, 'first'),
  ...args('Employer.underdeclarations', insiders, 'first'),
  ...args('Employer.assessment', insiders, 'on paidUntil knownAt'),
  ...connection('Employer', parties),
  ...type(
    'EmployerFilter',
    parties,
    'area within sector ownership sizeBand office unitCode search',
  ),
  ...type('EmployerOrder', parties, 'CODE NAME'),
  ...root('employers', parties, ['DEBT'], 'first after where orderBy'),
  ...type(
    'UnionPresence',
    parties,
    'id employer agency since endedOn claimedAt confirmedAt confirmedBy source',
  ),
  ...connection('UnionPresence', parties),
  ...type('UnionPresenceFilter', parties, 'confirmed agency'),
  ...root('unionPresences', parties, ['DEBT'], 'first after where'),
};

const money: PolicyTable = {
  ...type(
    'Obligation',
    insiders,
    'id employer timePeriod dueOn paymentCycle registeredOn workers contributionBase funds due paid balance source',
  ),
  ...type('FundBalance', insiders, 'fund due paid balance'),
  ...connection('Obligation', insiders),
  ...type('ObligationFilter', insiders, 'area within employer timePeriod dueFrom dueTo unpaid'),
  ...root('obligations', insiders, ['DEBT'], 'first after where'),
  ...type('Payment', insiders, 'id code employer receivedOn amount reversedOn source'),
  ...type(
    'RegistrationDuty',
    insiders,
    'id code employer dutyFrom registeredOn workers amount source',
  ),
  ...type(
    'Underdeclaration',
    insiders,
    'id code employer timePeriod registeredBase legalBase workers correctedOn amount source',
  ),
};

const assessments: PolicyTable = {
  ...type(
    'DebtAssessment',
    insiders,
    `day paidUntil knownAt state stateSince basis reasons overdue unjudged suspended balance credit monthsLate
     oldestDueOn workersAffected charge knownCharge oldInterest next ifReminded fines itemCount items`,
  ),
  ...args('DebtAssessment.items', insiders, 'first state'),
  ...type(
    'DebtItem',
    insiders,
    `kind timePeriod fund amount paid overdue suspended workers state stateSince daysLate dueOn firstLateDay
     lastGraceDay remindedOn evasionFrom basis reasons charge next ifReminded`,
  ),
  ...type('DebtCharge', insiders, 'numerator denominator billed reasons'),
  ...type('DebtDeadline', insiders, 'on state'),
  ...type('DebtReason', insiders, 'code parameter sentence'),
  ...type('LegalBasis', insiders, 'instrument article parameter reliability'),
};

const debts: PolicyTable = {
  ...type(
    'DebtPosition',
    parties,
    `id employer asOf state stateSince legalBasis amount monthsLate oldestDueOn workersAffected workersBand reason
     source`,
  ),
  ...connection('DebtPosition', parties),
  ...type(
    'DebtState',
    parties,
    `ON_TIME LATE_UNPAID LATE_UNREGISTERED EVASION_UNREGISTERED EVASION_UNDERDECLARED
     EVASION_UNPAID_AFTER_REMINDER EXCUSED SUSPENDED HARD_TO_COLLECT`,
  ),
  // A union's row of a small employer holds no number: filter and order have nothing to betray.
  ...type(
    'DebtPositionFilter',
    parties,
    `area within asOf state monthsLateMin monthsLateMax amountMin amountMax workersMin sector employer`,
  ),
  ...type('DebtPositionOrder', parties, 'AMOUNT_DESC MONTHS_DESC WORKERS_DESC EMPLOYER'),
  ...root('debtPositions', parties, ['DEBT'], 'first after where orderBy'),
  ...type(
    'DebtSummary',
    insiders,
    'asOf missingProvinces by employers amount workersAffected sources groups',
  ),
  ...type('DebtGroup', insiders, 'code employers amount workersAffected'),
  ...type('DebtSummaryBy', insiders, 'STATE MONTHS_BAND SIZE_BAND SECTOR OWNERSHIP OFFICE AREA'),
  ...root('debtSummary', insiders, ['DEBT'], 'area within asOf state by'),
  ...type(
    'DebtEvent',
    parties,
    `id code employer kind occurredOn agency participants confirmedAt amount agreedBy kept note stage cause fromOn untilOn
     timePeriods source`,
  ),
  ...connection('DebtEvent', parties),
  ...type(
    'DebtEventKind',
    parties,
    'REMINDER JOINT_SESSION INSPECTION SANCTION REFERRAL SETTLEMENT SUSPENSION FORCE_MAJEURE HARD_TO_COLLECT',
  ),
  ...type('DebtEventStage', parties, 'PROPOSED PLANNED DRAFT DONE'),
  ...type(
    'DebtEventFilter',
    parties,
    'area within employer kind from to agreedByFrom agreedByTo kept open promiseBroken',
  ),
  ...type('DebtEventOrder', parties, 'OCCURRED_DESC AGREED_BY_ASC'),
  ...root('debtEvents', parties, ['DEBT'], 'first after where orderBy'),
};

const lists: PolicyTable = {
  ...type(
    'StatutoryList',
    readers,
    'id code area timePeriod version state monthsLateMin debtOn paidUntil publishedAt contributor source entries',
  ),
  // An end that is set for a later day is not announced.
  ...members('StatutoryList', insiders, 'withdrawnAt transmitBy transmittedAt'),
  // Reasons may name an employer.
  ...members(
    'StatutoryList',
    insurer,
    `preparedBy approvedBy transmittedBy transmissionOverdue naturalPersonsLeftOut hardToCollectLeftOut
     correctionReason withdrawalReason`,
  ),
  ...type('StatutoryListState', readers, 'PUBLISHED CORRECTED'),
  ...members('StatutoryListState', insiders, 'TRANSMITTED APPROVED WITHDRAWN'),
  ...members('StatutoryListState', insurer, 'DRAFT'),
  ...args('StatutoryList.entries', readers, 'first'),
  ...connection('StatutoryList', readers),
  ...type('StatutoryListFilter', readers, 'area timePeriod latest'),
  ...members('StatutoryListFilter', insurer, 'overdue'),
  ...root('statutoryLists', readers, ['DEBT'], 'first after where'),
  ...type(
    'StatutoryListEntry',
    readers,
    `id code list unitCode nameVi address officeNameVi officeNameEn listedAs workers monthsLate amount source`,
  ),
  ...members('StatutoryListEntry', insiders, 'legalBasis'),
  ...members('StatutoryListEntry', insurer, 'removedAt'),
  ...connection('StatutoryListEntry', readers),
  ...type('ListedAs', readers, 'LATE EVADING'),
  ...type(
    'StatutoryListEntryFilter',
    readers,
    'area within timePeriod latest listedAs monthsLateMin amountMin search unitCode',
  ),
  ...type('StatutoryListEntryOrder', readers, 'AMOUNT_DESC MONTHS_DESC NAME'),
  ...root('statutoryListEntries', readers, ['DEBT'], 'first after where orderBy'),
};

/** The law is public. */
const law: PolicyTable = {
  ...type(
    'LegalParameter',
    readers,
    'id code value unit validFrom validTo instrument article reliability note',
  ),
  ...connection('LegalParameter', readers),
  ...root('legalParameters', readers, 'ANY_GRANT', 'first after code on'),
  ...type(
    'LegalFine',
    readers,
    `id violation basis headcountMin headcountMax fineMin fineMax percentMin percentMax validFrom instrument
     article reliability`,
  ),
  ...connection('LegalFine', readers),
  ...root('legalFines', readers, 'ANY_GRANT', 'first after on violation'),
  ...type('LegalReliability', readers, 'TEXT OCR SECONDARY OPEN'),
  ...type('FineBasis', readers, 'HEADCOUNT PERCENT_OF_AMOUNT AMOUNT'),
};

const listSteps: PolicyTable = {
  ...mutation('draftStatutoryList', insurer, ['DEBT'], 'area timePeriod debtOn paidUntil'),
  ...mutation('transmitStatutoryList', insurer, ['DEBT'], 'list'),
  ...mutation('approveStatutoryList', insurer, ['DEBT'], 'list publishedAt'),
  ...mutation('correctStatutoryList', insurer, ['DEBT'], 'list reason remove anew'),
  ...mutation('withdrawStatutoryList', insurer, ['DEBT'], 'list reason'),
  ...mutation('discardStatutoryList', insurer, ['DEBT'], 'list'),
  ...type(
    'StatutoryListNotice',
    readers,
    'id area list timePeriod version kind count publishedAt text contributor source',
  ),
  ...connection('StatutoryListNotice', readers),
  ...type(
    'StatutoryListNoticeKind',
    readers,
    'REMOVED ADDED AMOUNT_CORRECTED ENTRY_CORRECTED WITHDRAWN',
  ),
  ...type('StatutoryListNoticeFilter', readers, 'area timePeriod'),
  ...root('statutoryListNotices', readers, ['DEBT'], 'first after where'),
};

export const policy: PolicyTable = {
  ...employers,
  ...money,
  ...assessments,
  ...debts,
  ...lists,
  ...listSteps,
  ...events,
  ...facts,
  ...fines,
  ...law,
  ...identificationPolicy,
  ...collection,
  ...inspectorPolicy,
  ...changesPolicy,
  ...fundsPolicy,
};
