/** Who may use what of the register: everyone themselves, stewards and auditors all of it. */
import { connection, members, mutation, root, type } from '../policy/table.ts';
import {
  actors,
  auditors,
  everyone,
  registrars,
  type PolicyTable,
  type Role,
} from '../policy/types.ts';

/** Roles whose agencies may open their data to others, and the steward, who may write it for them. */
const providers: readonly Role[] = ['SI', 'LABOUR', 'UNION', 'STEWARD'];
const stewards: readonly Role[] = ['STEWARD'];
const content = `legalBasis validFrom validTo topics areas purposes contact retentionMonths afterRetention terms`;

export const policy: PolicyTable = {
  ...type(
    'Viewer',
    everyone,
    `agency agencyNameVi agencyNameEn application role purpose purposes territory grants limits`,
  ),
  ...type(
    'HeldGrant',
    everyone,
    'code kind state effective legalBasis provider validFrom validTo purposes topics areaIds renewal',
  ),
  ...type('GrantRenewal', everyone, 'code sentence areaIds successorIds'),
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
  ...type(
    'Application',
    registrars,
    'code name state agencyCode registeredAt registeredBy approvedBy stateReason',
  ),
  ...type(
    'Issuer',
    registrars,
    'code name kind jwksUri state agencyCodes registeredAt registeredBy approvedBy stateReason',
  ),
  ...type(
    'Agency',
    registrars,
    `id code nameVi nameEn role state registeredAt registeredBy approvedBy stateReason applications issuers receives provides`,
  ),
  ...type(
    'Grant',
    everyone,
    `id code kind state legalBasis validFrom validTo providerCode consumerCode topics purposes areaIds areas contact
     retentionMonths afterRetention terms proposedBy proposedByAgency approvedBy approvedAt stateChangedAt
     stateChangedBy stateReason renewal`,
  ),
  // From an agency one would walk to its other grants.
  ...members('Grant', registrars, 'provider consumer'),
  ...type('AgreementTerms', everyone, 'method processing useLimits security storage duties'),
  ...connection('Agency', registrars),
  ...connection('Grant', everyone),
  ...connection('Application', registrars),
  ...connection('Issuer', registrars),
  ...root('agencies', registrars, ['REGISTER'], 'first after role'),
  ...root('grants', registrars, ['REGISTER'], 'first after state consumer provider'),
  ...root('applications', registrars, ['REGISTER'], 'first after state agency'),
  ...root('issuers', registrars, ['REGISTER'], 'first after state'),

  // Each agency its own agreements, with or without one in force: the rows are limited by the database.
  ...type('AgreementFilter', everyone, 'code kind state provider consumer topic validOn'),
  ...type('AgreementOrder', everyone, 'CODE VALID_FROM_DESC'),
  ...root('agreements', everyone, 'NOTHING', 'first after where orderBy'),
  ...type(
    'Purpose',
    everyone,
    'code nameVi nameEn description legalBasisVi legalBasisEn roles topics',
  ),
  ...root('purposes', everyone, 'ANY_GRANT'),

  // Steps need no grant in force: a party whose grants are all suspended still has a say in them. Naming
  // a territory needs one, because areas are reference data.
  ...type('AgreementTopicInput', providers, 'topic reach'),
  ...type('AgreementTermsInput', providers, 'method processing useLimits security storage duties'),
  ...type('DraftAgreementInput', providers, `code kind provider consumer ${content}`),
  ...type('AmendAgreementInput', providers, content),
  ...type('NarrowAgreementInput', providers, 'topics areas purposes validTo'),
  ...mutation('draftAgreement', providers, 'ANY_GRANT', 'input'),
  ...mutation('amendAgreement', providers, 'ANY_GRANT', 'code input'),
  ...mutation('proposeAgreement', providers, 'NOTHING', 'code'),
  ...mutation('approveAgreement', providers, 'NOTHING', 'code'),
  ...mutation('rejectAgreement', providers, 'NOTHING', 'code reason'),
  ...mutation('narrowAgreement', providers, 'NOTHING', 'code input'),
  ...mutation('suspendAgreement', providers, 'NOTHING', 'code reason'),
  ...mutation('resumeAgreement', providers, 'NOTHING', 'code'),
  ...mutation('endAgreement', actors, 'NOTHING', 'code reason'),

  ...type('RegistrationKind', stewards, 'AGENCY APPLICATION ISSUER'),
  ...type('Registration', stewards, 'kind code state registeredBy approvedBy stateReason'),
  ...mutation('registerAgency', stewards, ['REGISTER'], 'code nameVi nameEn role'),
  ...mutation('registerApplication', stewards, ['REGISTER'], 'code agency name'),
  ...mutation('registerIssuer', stewards, ['REGISTER'], 'code name jwksUri agencies'),
  ...mutation('approveRegistration', stewards, ['REGISTER'], 'kind code'),
  ...mutation('suspendRegistration', stewards, ['REGISTER'], 'kind code reason'),
  ...mutation('resumeRegistration', stewards, ['REGISTER'], 'kind code'),
  ...mutation('endRegistration', stewards, ['REGISTER'], 'kind code reason'),
};
