/** Who may use what of plans, coverage and monthly enrolment: readers of figures; the last, insiders. */
import { connection, root, type } from '../policy/table.ts';
import { insiders, readers, type PolicyTable } from '../policy/types.ts';

export const policy: PolicyTable = {
  ...type(
    'Target',
    readers,
    `id figureId refArea indicator baseIndicator scheme schemeComponents participantGroup timePeriod periodBasis
     value decimals unit denominator qualifier obsStatus confStatus reason source locator conflicts kind statement
     assignedBy instrument results resultIds derivableFrom comment contributor knownFrom knownTo`,
  ),
  ...connection('Target', readers),
  ...type('TargetKind', readers, 'QUANTIFIED VALUE_NOT_PRINTED QUALITATIVE'),
  ...type(
    'TargetFilter',
    readers,
    'area kind indicator scheme participantGroup timePeriod from to instrumentId sourceId figureId',
  ),
  ...type('TargetOrder', readers, 'FIGURE PERIOD_ASC'),
  ...root(
    'targets',
    readers,
    ['ENROLLMENT', 'FINANCE', 'CAMPAIGN'],
    'first after where orderBy asOf includeHistory',
  ),
  ...type(
    'Coverage',
    readers,
    `scheme participantGroup sourceCode participants plan achievementPrinted exceedancePrinted achievementComputed
     ratePrinted rateTarget
     rateComputed denominatorFigure changePrinted changeComputed relativeChangeComputed others`,
  ),
  ...root('coverage', readers, ['ENROLLMENT'], 'area timePeriod scheme participantGroup asOf'),
  ...type(
    'EnrolmentMovement',
    insiders,
    `id refArea timePeriod scheme participantGroup opening joined returned left leftByReason closing source
     contributor`,
  ),
  ...type('LeftByReason', insiders, 'reason figure'),
  ...connection('EnrolmentMovement', insiders),
  ...type(
    'EnrolmentMovementFilter',
    insiders,
    'area within scheme participantGroup timePeriod from to',
  ),
  ...type('EnrolmentMovementOrder', insiders, 'PERIOD_ASC PERIOD_DESC AREA'),
  ...root('enrolmentMovements', insiders, ['ENROLLMENT'], 'first after where orderBy'),
};
