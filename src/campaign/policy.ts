/** Who may use what of campaigns: readers, but for the costs, which are the insurance agency's own. */
import { args, connection, root, type } from '../policy/table.ts';
import { readers, type PolicyTable, type Role } from '../policy/types.ts';

/** Budgets and spending never leave the insurance agency. */
const insurers: readonly Role[] = ['SI'];

const figure = `refArea indicator baseIndicator scheme schemeComponents participantGroup timePeriod periodBasis
  value decimals unit denominator qualifier obsStatus confStatus reason source locator conflicts`;

const outputs: PolicyTable = {
  ...type(
    'CampaignOutput',
    readers,
    `${figure} id figureId series activityName channel form formBasis audienceCodes topicCodes measure isTotal
     partner campaign activity outcomes outcomeIds comment contributor knownFrom`,
  ),
  ...connection('CampaignOutput', readers),
  ...type(
    'CampaignOutputFilter',
    readers,
    `area series channel form measure partner audienceCode topicCode timePeriod from to isTotal figureId campaign
     sourceId`,
  ),
  ...type('CampaignOutputOrder', readers, 'FIGURE PERIOD_ASC PERIOD_DESC'),
  ...root('campaignOutputs', readers, ['CAMPAIGN'], 'first after where orderBy'),
  ...type(
    'OutputSeries',
    readers,
    `code labelEn labelVi measure channel source additiveOverTime notAdditiveReason outputs printedTotal
     computedTotal conflicts`,
  ),
  ...root('outputSeries', readers, ['CAMPAIGN'], 'area channel measure series'),
};

const costs: PolicyTable = {
  ...type('CampaignCosts', insurers, 'items budget spent'),
  ...type('CampaignCost', insurers, 'id item budget spent'),
};

const campaigns: PolicyTable = {
  ...type(
    'Campaign',
    readers,
    `id code method nameVi nameEn topicCodes startsOn endsOn status area source contributor parties activities
     outputs`,
  ),
  'Campaign.costs': { roles: insurers },
  ...args('Campaign.activities', readers, 'first'),
  ...args('Campaign.outputs', readers, 'first'),
  ...type('CampaignParty', readers, 'partner role confirmedAt'),
  ...type('CampaignMethod', readers, 'CAMPAIGN PEAK THEMATIC'),
  ...type('CampaignStatus', readers, 'PLANNED RUNNING COMPLETED CANCELLED'),
  ...connection('Campaign', readers),
  ...type('CampaignFilter', readers, 'area method status from to topicCode partner'),
  ...type('CampaignOrder', readers, 'CODE STARTS_ASC STARTS_DESC'),
  ...root('campaigns', readers, ['CAMPAIGN'], 'first after where orderBy'),
  ...type(
    'Activity',
    readers,
    `id code nameVi nameEn channel form audienceCodes topicCodes languages place frequency focalPoint plannedOn
     heldOn status area campaign outputs outcomes sourceCode contributor`,
  ),
  ...args('Activity.outputs', readers, 'first'),
  ...type('ActivityStatus', readers, 'PLANNED HELD CANCELLED'),
  ...connection('Activity', readers),
  ...type('ActivityFilter', readers, 'area channel form audienceCode plannedFrom plannedTo status'),
  ...root('activities', readers, ['CAMPAIGN'], 'first after where'),
};

const reach: PolicyTable = {
  ...type(
    'Audience',
    readers,
    `id code audienceCodes name topicCodes channelCodes messageGist frequency status comment area sourceCode locator
     contributor`,
  ),
  ...connection('Audience', readers),
  ...type(
    'AudienceFilter',
    readers,
    'area audienceCode topicCode channel frequency status sourceId',
  ),
  ...root('audiences', readers, ['CAMPAIGN'], 'first after where'),
  ...type(
    'ChannelUse',
    readers,
    'id code channel form formBasis status comment area sourceCode locator contributor conflicts',
  ),
  ...connection('ChannelUse', readers),
  ...type('ChannelUseFilter', readers, 'area channel form status sourceId'),
  ...root('channelUses', readers, ['CAMPAIGN'], 'first after where'),
};

export const policy: PolicyTable = { ...outputs, ...campaigns, ...costs, ...reach };
