/** Who may use what of the logs: auditors all of it, every agency what concerns it. */
import { connection, members, mutation, root, type } from '../policy/table.ts';
import { auditors, everyone, type PolicyTable } from '../policy/types.ts';

const ruleIds =
  'UNUSUAL_VOLUME UNUSUAL_HOURS EMPLOYER_SWEEP REFUSAL_RUN BEFORE_EMBARGO PURPOSE_MISFIT';

/** What auditors reckon from the log. */
const reckoning: PolicyTable = {
  ...type(
    'AccessDimension',
    auditors,
    `AGENCY APPLICATION ROLE PURPOSE GRANT OPERATION TOPIC AREA OUTCOME ERROR_CODE WITHHELD_REASON PROVIDER
     DOCUMENT`,
  ),
  ...type('AccessInterval', auditors, 'HOUR DAY MONTH YEAR'),
  ...type('AccessCount', auditors, 'keys start records requests rows employers withheldCells'),
  ...type('AccessCountKey', auditors, 'dimension value'),
  ...root('accessCounts', auditors, ['ACCESS_LOG'], 'by interval where'),

  ...type('AnomalyRuleId', auditors, ruleIds),
  ...type('AnomalyRule', auditors, 'id title explanation thresholds'),
  ...type('AnomalyThreshold', auditors, 'name value unit'),
  ...type(
    'Anomaly',
    auditors,
    `rule agency application release detail from to value threshold firstRecord lastRecord records sentence`,
  ),
  ...type('AnomalyFilter', auditors, 'from to agency rule'),
  ...root('anomalyRules', auditors, ['ACCESS_LOG']),
  ...root('anomalies', auditors, ['ACCESS_LOG'], 'where'),
};

/**
 * Each agency what was changed in its name, what concerns it, and who read what it contributed: the rows are limited
 * by the database, and no grant is needed to know it.
 */
const concerning: PolicyTable = {
  ...type(
    'ChangeRecord',
    everyone,
    'id changedAt actor agency application requestId action entity entityId before after',
  ),
  ...members('ChangeRecord', auditors, 'number'),
  ...type('ChangeAction', everyone, 'INSERT UPDATE DELETE IMPORT CORRECT WITHDRAW ERASE'),
  ...connection('ChangeRecord', everyone),
  ...type(
    'ChangeRecordFilter',
    everyone,
    'entity entityId agency application requestId action from to',
  ),
  ...type('ChangeRecordOrder', everyone, 'TIME_ASC TIME_DESC'),
  ...root('changes', everyone, 'NOTHING', 'first after where orderBy'),

  ...type(
    'AuditFinding',
    everyone,
    `id code auditor agency title text records state openedAt reply repliedAt conclusion closedAt`,
  ),
  ...type('FindingState', everyone, 'OPEN ANSWERED CLOSED'),
  ...connection('AuditFinding', everyone),
  ...type('AuditFindingFilter', everyone, 'agency auditor state record from to'),
  ...root('findings', everyone, 'NOTHING', 'first after where'),
  ...type('OpenFindingInput', auditors, 'agency title text records'),
  ...mutation('openFinding', auditors, ['ACCESS_LOG'], 'input'),
  ...mutation('replyToFinding', everyone, 'NOTHING', 'finding reply'),
  ...mutation('closeFinding', auditors, ['ACCESS_LOG'], 'finding conclusion'),

  ...type('DataUsage', everyone, 'period consumer role purpose type requests rows'),
  ...type('DataUsageInterval', everyone, 'DAY MONTH'),
  ...root('dataUsage', everyone, 'NOTHING', 'from to interval'),
};

export const policy: PolicyTable = {
  ...reckoning,
  ...concerning,
  ...type(
    'AccessRecord',
    auditors,
    `id number time recordedAt agency application role purpose caseReference grants requestId operationName
     operationType documentHash topics areaIds areaCount given employers withheld policyVersion schemaVersion outcome
     errorCode rowsMax intent requestCount durationMicros leaf`,
  ),
  ...type('GivenRows', auditors, 'type provider rows'),
  ...type('EmployersRead', auditors, 'count codes hash'),
  ...type('WithheldCells', auditors, 'reason cells'),
  ...type(
    'AccessOutcome',
    auditors,
    'INTENDED ANSWERED PARTIAL REFUSED FAILED BROKEN_OFF OPENED LOST',
  ),
  ...connection('AccessRecord', auditors),
  ...type(
    'AccessRecordFilter',
    auditors,
    `agency application role purpose grant topic areaId employer provider withheld operationName operationType
     documentHash requestId outcome errorCode from to`,
  ),
  ...type('AccessRecordOrder', auditors, 'NUMBER_ASC NUMBER_DESC'),
  ...root('accessRecords', auditors, ['ACCESS_LOG'], 'first after where orderBy'),
  ...root('accessRecord', auditors, ['ACCESS_LOG'], 'number'),
  ...root('accessDocument', auditors, ['ACCESS_LOG'], 'hash'),
};
