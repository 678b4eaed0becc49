/** Who may use what of partners: readers, but for the tasks of collection points, which are SI's. */
import { args, connection, members, root, type } from '../policy/table.ts';
import { readers, type PolicyTable, type Role } from '../policy/types.ts';

const insurers = ['SI'] as const satisfies readonly Role[];

const page = 'first after where';

export const policy: PolicyTable = {
  ...type(
    'Partner',
    readers,
    `id code nameEn nameVi kind level area agencyCode comment sourceCodes locator coordinations insures agentSystems
     agentPoints facts`,
  ),
  ...args('Partner.coordinations', readers, 'first'),
  ...args('Partner.insures', readers, 'first'),
  ...args('Partner.agentSystems', readers, 'first'),
  ...args('Partner.agentPoints', readers, 'first'),
  ...args('Partner.facts', readers, 'first'),
  ...connection('Partner', readers),
  ...type('PartnerFilter', readers, 'area kind level search code agencyCode'),
  ...type('PartnerOrder', readers, 'CODE NAME'),
  ...root('partners', readers, ['PARTNER'], `${page} orderBy`),

  ...type(
    'Coordination',
    readers,
    `id code agency partner area relation subject topicCodes instrumentKind instrument frequency status timePeriod
     comment sourceCodes locator`,
  ),
  ...connection('Coordination', readers),
  ...type(
    'CoordinationFilter',
    readers,
    'area agency partner relation instrumentKind instrumentId topicCode status frequency',
  ),
  ...root('coordinations', readers, ['PARTNER'], page),

  ...type(
    'CoordinationInstrument',
    readers,
    'id code kind number titleVi titleEn area signedOn validFrom validTo parties terms source',
  ),
  ...type('CoordinationParty', readers, 'partner agencyCode role confirmedAt'),
  ...type('CoordinationTerm', readers, 'position textVi textEn frequency dueOn'),
  ...connection('CoordinationInstrument', readers),
  ...type('CoordinationInstrumentFilter', readers, 'area kind partner validOn'),
  ...root('coordinationInstruments', readers, ['PARTNER'], page),

  ...type(
    'AgentSystem',
    readers,
    `id code partner area agentStaff collectionPoints isTotal timePeriod periodBasis comment source locator conflicts`,
  ),
  ...connection('AgentSystem', readers),
  ...type('AgentSystemFilter', readers, 'area partner'),
  ...root('agentSystems', readers, ['PARTNER'], page),
  ...type(
    'AgentSystemTable',
    readers,
    'source timePeriod rows printedTotal computedStaff computedPoints conflicts',
  ),
  ...root('agentSystemTables', readers, ['PARTNER'], 'area'),

  ...type(
    'AgentPoint',
    readers,
    'id code partner area nameVi nameEn staff openedOn closedOn source',
  ),
  ...connection('AgentPoint', readers),
  ...type('AgentPointFilter', readers, 'area within partner openOn'),
  ...root('agentPoints', readers, ['PARTNER'], page),

  // What an agency asks of its collection points is its own business.
  ...members('AgentPoint', insurers, 'tasks'),
  ...args('AgentPoint.tasks', insurers, 'first'),
  ...type(
    'AgentTask',
    insurers,
    'id code point kind scheme goal assignedOn dueOn completedOn source',
  ),
  ...connection('AgentTask', insurers),
  ...type('AgentTaskFilter', insurers, 'area within dueFrom dueTo open'),
  ...root('agentTasks', insurers, ['PARTNER'], page),

  ...type(
    'OrganisationFact',
    readers,
    'id code partner area unitName item value timePeriod periodBasis comment source locator conflicts',
  ),
  ...connection('OrganisationFact', readers),
  ...type('OrganisationFactFilter', readers, 'area partner item'),
  ...root('organisationFacts', readers, ['PARTNER'], page),
};
