/** Who may use what of plans, coverage and monthly enrolment: readers of figures; the last, insiders. */
import { args, connection, mutation, root, type } from '../policy/table.ts';
import { insiders, readers, type PolicyTable } from '../policy/types.ts';

export const policy: PolicyTable = {
  ...type(
    'Target',
    readers,
    `id figureId refArea indicator baseIndicator scheme schemeComponents participantGroup timePeriod periodBasis
     value decimals unit denominator qualifier obsStatus confStatus reason source locator conflicts kind statement
     assignedBy instrument results resultIds derivableFrom reliability comment contributor knownFrom knownTo`,
  ),
  ...connection('Target', readers),
  ...type('TargetKind', readers, 'QUANTIFIED VALUE_NOT_PRINTED QUALITATIVE'),
  ...type(
    'TargetFilter',
    readers,
    'area kind indicator scheme participantGroup timePeriod from to instrumentId sourceId figureId',
  ),
  ...type('RestatedTarget', readers, 'refArea rule figure targets'),
  ...type('TargetRule', readers, 'AS_ASSIGNED SUM_OF_PARTS SAME_IN_ALL_PARTS NONE'),
  ...root(
    'restatedTargets',
    readers,
    ['ENROLLMENT', 'FINANCE', 'CAMPAIGN'],
    'area indicator scheme participantGroup from to asOf',
  ),
  ...type('TargetOrder', readers, 'FIGURE PERIOD_ASC'),
  ...root(
    'targets',
    readers,
    ['ENROLLMENT', 'FINANCE', 'CAMPAIGN'],
    'first after where orderBy asOf includeHistory',
  ),
  ...mutation('exportTargets', readers, ['ENROLLMENT', 'FINANCE', 'CAMPAIGN'], 'where asOf'),
  ...type(
    'Coverage',
    readers,
    `scheme participantGroup sourceCode participants plan achievementPrinted exceedancePrinted achievementComputed
     ratePrinted rateTarget
     rateComputed denominatorFigure changePrinted changeComputed relativeChangeComputed others
     achievementDifference achievementDiffers planComputed rateTargetComputed denominatorRule ratesBeside rateChangeComputed
     ratePrintedChangeComputed`,
  ),
  ...type('CoverageRate', readers, 'rule denominatorFigure rate'),
  ...type(
    'DenominatorRule',
    readers,
    'code schemes participantGroups denominator indicator use period basis',
  ),
  ...type('DenominatorUse', readers, 'MAIN BESIDE'),
  ...type('DenominatorPeriod', readers, 'QUARTER_ELSE_YEAR YEAR SAME_PERIOD'),
  ...root('denominatorRules', readers, 'ANY_GRANT'),
  ...type('TargetLineRule', readers, 'instrumentCode rule basis'),
  ...type('TargetLineRuleCode', readers, 'TARGET_YEARS_ONLY LINEAR_BETWEEN_TARGET_YEARS'),
  ...root('targetLineRules', readers, 'ANY_GRANT'),
  ...type(
    'TargetGap',
    readers,
    'instrument lineRule rate line gap gapPersons personsBasis nextTarget pace pacePersons',
  ),
  ...type('PersonsBasis', readers, 'DENOMINATOR_FIGURE IMPLIED_BY_RATE'),
  ...root('targetGaps', readers, ['ENROLLMENT'], 'area timePeriod scheme participantGroup'),
  ...type('ChangeContribution', readers, 'scheme participantGroup now before change points'),
  ...type(
    'ChangeContributions',
    readers,
    'division totalBasis sourceCode now before change points parts residual residualPoints',
  ),
  ...type('ContributionDivision', readers, 'SCHEME GROUP'),
  ...type('TotalBasis', readers, 'REPORTED SUM_OF_PARTS'),
  ...root('changeContributions', readers, ['ENROLLMENT'], 'area timePeriod scheme'),
  ...type('CoverageRank', readers, 'refArea rank isTied figure'),
  ...type(
    'CoverageRanking',
    readers,
    'measure nature denominator timePeriod parent siblings ranked withoutValue rank ranks',
  ),
  ...args('CoverageRanking.ranks', readers, 'first'),
  ...type('RankMeasure', readers, 'PARTICIPANTS RATE_PRINTED RATE_COMPUTED PLAN_ACHIEVEMENT'),
  ...root(
    'coverageRanks',
    readers,
    ['ENROLLMENT'],
    'area timePeriod scheme participantGroup measure',
  ),
  ...type(
    'EnrolmentFlows',
    readers,
    `sourceCode from to opening joined returned left leftByReason closing netChange residual
     leftOrUnexplained`,
  ),
  ...type('FlowByReason', readers, 'reason figure'),
  ...root('enrolmentFlows', readers, ['ENROLLMENT'], 'area scheme participantGroup from to'),
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
