/** Who may use what of the register: everyone themselves, stewards and auditors all of it. */
import { connection, root, type } from '../policy/table.ts';
import { auditors, everyone, registrars, type PolicyTable } from '../policy/types.ts';

export const policy: PolicyTable = {
  ...type(
    'Viewer',
    everyone,
    `agency agencyNameVi agencyNameEn application role purpose purposes territory grants limits`,
  ),
  ...type(
    'HeldGrant',
    everyone,
    'code kind state effective legalBasis provider validFrom validTo purposes topics areaIds',
  ),
  ...type('TopicTerritory', everyone, 'topic reach areaIds'),
  ...type('Limit', everyone, 'name value unit'),
  ...type('Role', everyone, 'SI LABOUR UNION PRESS AUDITOR STEWARD'),
  ...type(
    'Topic',
    everyone,
    'ENROLLMENT FINANCE POPULATION DEBT CAMPAIGN PARTNER REGISTER ACCESS_LOG CHANGE_LOG',
  ),
  ...type('Reach', everyone, 'PUBLISHED PARTY INTERNAL'),
  ...type('GrantKind', everyone, 'AGREEMENT STATUTORY ACCREDITATION'),
  ...type('GrantState', everyone, 'DRAFT PROPOSED ACTIVE SUSPENDED ENDED'),
  ...type('GrantTopic', everyone, 'topic reach'),
  ...root('viewer', everyone, 'NOTHING'),

  // About the caller's own role only: a name of others is answered as one that does not exist.
  ...type(
    'AccessExplanation',
    everyone,
    'coordinate exists needs topics satisfied errorCode grants sentence',
  ),
  ...type('AccessNeed', everyone, 'NOTHING ANY_GRANT TOPIC_GRANT'),
  ...root('explainAccess', everyone, 'NOTHING', 'coordinate'),

  // Another role's schema and what a grant would reach; never data.
  ...type('Simulation', auditors, 'role sdl schemaVersion policyVersion territory scope'),
  ...type('GrantTopicInput', auditors, 'topic reach'),
  ...root('simulate', auditors, ['REGISTER'], 'role territory topics'),

  ...type('RegisterState', registrars, 'PROPOSED ACTIVE SUSPENDED ENDED'),
  ...type('Application', registrars, 'code name state'),
  ...type('Issuer', registrars, 'code name kind jwksUri state'),
  ...type(
    'Agency',
    registrars,
    `id code nameVi nameEn role state registeredAt registeredBy approvedBy applications issuers receives provides`,
  ),
  ...type(
    'Grant',
    registrars,
    'id code kind state legalBasis validFrom validTo provider consumer topics purposes areas',
  ),
  ...connection('Agency', registrars),
  ...connection('Grant', registrars),
  ...root('agencies', registrars, ['REGISTER'], 'first after role'),
  ...root('grants', registrars, ['REGISTER'], 'first after state consumer provider'),
};
