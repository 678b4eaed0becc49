/** Who may use what of the access log: auditors. */
import { connection, root, type } from '../policy/table.ts';
import { auditors, type PolicyTable } from '../policy/types.ts';

export const policy: PolicyTable = {
  ...type(
    'AccessRecord',
    auditors,
    `id number time recordedAt agency application role purpose caseReference grants requestId operationName
     operationType documentHash topics areaIds areaCount given employers withheld policyVersion schemaVersion outcome
     errorCode requestCount durationMicros leaf`,
  ),
  ...type('GivenRows', auditors, 'type provider rows'),
  ...type('EmployersRead', auditors, 'count codes hash'),
  ...type('WithheldCells', auditors, 'reason cells'),
  ...type('AccessOutcome', auditors, 'INTENDED ANSWERED PARTIAL REFUSED FAILED OPENED LOST'),
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
