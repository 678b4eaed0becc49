/** Who may use what of figures and provenance: figures for readers, code lists for everyone. */
import { args, connection, members, mutation, root, type } from '../policy/table.ts';
import { everyone, insiders, readers, type PolicyTable } from '../policy/types.ts';

const figure = `refArea indicator baseIndicator scheme schemeComponents participantGroup timePeriod periodBasis
  value decimals unit denominator qualifier obsStatus confStatus reason source locator conflicts`;

export const policy: PolicyTable = {
  ...type('Observation', readers, figure),
  ...type(
    'RecordedObservation',
    readers,
    `${figure} id figureId domain sex residence breakdown comment contributor knownFrom knownTo`,
  ),
  ...type('DerivedObservation', readers, `${figure} formula derivedFrom`),
  ...type('MeasuredObservation', readers, figure),
  ...type('Breakdown', readers, 'dimension code'),
  ...connection('RecordedObservation', readers),
  ...type('ObsStatus', readers, 'A B D E F G H I J K L M N O P Q S U V W'),
  ...type('ConfStatus', readers, 'F C'),
  // Why a cell is confidential tells part of what it hides.
  ...members('ConfStatus', insiders, 'N E A O T G M D S'),
  ...type('PeriodBasis', readers, 'PRINTED INFERRED NOT_STATED'),
  ...type(
    'ObservationFilter',
    readers,
    `area within areaKinds domain indicator scheme participantGroup sex residence timePeriod from to obsStatus sourceId figureId release`,
  ),
  ...type('ObservationOrder', readers, 'FIGURE PERIOD_ASC PERIOD_DESC VALUE_DESC'),
  ...root(
    'observations',
    readers,
    ['ENROLLMENT', 'FINANCE', 'POPULATION'],
    'first after where orderBy asOf includeHistory',
  ),
  ...type('ReplicaAction', readers, 'REPLACE DELETE'),
  ...type('ObservationChange', readers, 'action id observation'),
  ...type('ObservationChanges', readers, 'changes cursor more'),
  ...root(
    'observationChanges',
    readers,
    ['ENROLLMENT', 'FINANCE', 'POPULATION'],
    'where updatedAfter first',
  ),
  ...type('AvailableCode', readers, 'code observations'),
  ...type(
    'Availability',
    readers,
    `dataflow refArea observations indicators schemes participantGroups sexes residences frequencies timePeriods
     firstDay lastDay children`,
  ),
  ...root(
    'availability',
    readers,
    ['ENROLLMENT', 'FINANCE', 'POPULATION'],
    'dataflow area indicator scheme participantGroup from to asOf',
  ),
  ...type(
    'Series',
    readers,
    `refArea indicator baseIndicator scheme schemeComponents participantGroup sex residence frequency unit
     denominator points breaks`,
  ),
  ...type('SeriesPoint', readers, 'timePeriod observations preferred preferredBy isBreak'),
  ...type('SeriesBreak', readers, 'effectiveOn restatement predecessors successors bases'),
  ...type('Restatement', readers, 'SAME EXACT ESTIMATED REFUSED NOT_SEPARABLE'),
  ...type(
    'PreferenceRule',
    readers,
    'ONLY_FIGURE HAS_VALUE REPORTED RELIABILITY AS_REPORTED SAME_VALUE NEWEST_SOURCE CONTRADICTED',
  ),
  ...type('SeriesBoundaries', readers, 'AS_REPORTED CURRENT ORIGINAL'),
  ...root(
    'series',
    readers,
    ['ENROLLMENT', 'FINANCE', 'POPULATION'],
    'area indicator scheme participantGroup sex residence from to boundaries asOf first',
  ),
  ...type('ExportLink', readers, 'url expiresAt'),
  ...mutation('exportObservations', readers, ['ENROLLMENT', 'FINANCE', 'POPULATION'], 'where asOf'),
  ...mutation(
    'exportSeries',
    readers,
    ['ENROLLMENT', 'FINANCE', 'POPULATION'],
    'area indicator scheme participantGroup sex residence from to boundaries asOf',
  ),

  ...type(
    'Conflict',
    readers,
    `id code kind certainty statement computedEvidence externalEvidence externalUrl handling sourceCodes locator
     area rowIds evidenceRowIds figures`,
  ),
  ...connection('Conflict', readers),
  ...type('ConflictFilter', readers, 'area kind certainty rowId sourceId'),
  ...root(
    'conflicts',
    readers,
    ['ENROLLMENT', 'FINANCE', 'POPULATION', 'CAMPAIGN', 'PARTNER'],
    'first after where',
  ),

  ...type(
    'Source',
    readers,
    `id code title bibliographicTitle authorOrPublisher publishedOn kind nature reliabilityNote area`,
  ),
  ...type('SourceNature', readers, 'REPORTED SYNTHETIC'),
  ...connection('Source', readers),
  ...root('sources', readers, 'ANY_GRANT', 'first after'),
  ...type(
    'Instrument',
    readers,
    'id code kind number date issuer subject comment sourceCodes locator area',
  ),
  ...connection('Instrument', readers),
  ...root('instruments', readers, 'ANY_GRANT', 'first after kind'),

  ...type('CodeList', everyone, 'id code basis codes'),
  ...args('CodeList.codes', everyone, 'first'),
  ...type('Code', everyone, 'code nameEn nameVi description parentCode externalRef'),
  ...connection('CodeList', everyone),
  ...type(
    'CodeMapping',
    everyone,
    'id fromList fromCode toList toCode relation exact instrument basis',
  ),
  ...connection('CodeMapping', everyone),
  ...type('MappingRelation', everyone, 'SAME PART_OF COVERED_BY UNMAPPED'),
  ...type('CodeMappingFilter', everyone, 'list code toList toCode relation'),
  ...root('codeMappings', everyone, 'ANY_GRANT', 'first after where'),
  ...root('codeLists', everyone, 'ANY_GRANT', 'first after'),
  ...root('codeList', everyone, 'ANY_GRANT', 'id'),
};
