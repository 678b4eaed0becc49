/** Who may record facts of debt: social insurance; of which employers is the database's to decide. */
import { mutation, type } from '../../policy/table.ts';
import type { PolicyTable } from '../../policy/types.ts';

const insurer = ['SI'] as const;

export const facts: PolicyTable = {
  ...type('RecordedRows', insurer, 'inserted corrected unchanged'),
  ...type(
    'EmployerRow',
    insurer,
    `unitCode area nameVi nameEn address sector ownership sizeBand isNaturalPerson office paymentCycle liableFrom
     registeredOn closedOn`,
  ),
  ...mutation('recordEmployers', insurer, ['DEBT'], 'rows source'),
  ...type(
    'ObligationRow',
    insurer,
    `employer unitCode timePeriod paymentCycle registeredOn workers contributionBase retirement sickness accident
     unemployment health`,
  ),
  ...mutation('recordObligations', insurer, ['DEBT'], 'rows'),
  ...type('PaymentRow', insurer, 'employer unitCode code reference receivedOn amount reversedOn'),
  ...mutation('recordPayments', insurer, ['DEBT'], 'rows'),
  ...type(
    'RegistrationDutyRow',
    insurer,
    'employer unitCode code reference dutyFrom registeredOn workers amount',
  ),
  ...mutation('recordRegistrationDuties', insurer, ['DEBT'], 'rows'),
  ...type(
    'UnderdeclarationRow',
    insurer,
    'employer unitCode code reference timePeriod registeredBase legalBase workers correctedOn amount',
  ),
  ...mutation('recordUnderdeclarations', insurer, ['DEBT'], 'rows'),
};
