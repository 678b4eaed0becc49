/** All rows of the demonstration, by table; made from territory, stated totals and nothing else. Pure. */
import { activityRow, generateActivities, outcomeFigures, outputRows } from './activities.ts';
import { generateAgents } from './agents.ts';
import { campaignRow, costRows, generateCampaigns, partyRows } from './campaigns.ts';
import { obligationRows, openAccount, paymentRows } from './contributions.ts';
import type { LegalParameters } from '../debt/law/parameters.ts';
import { generateEmployers } from './employers.ts';
import { generateEnrolment } from './enrolment.ts';
import { estimateRows } from './estimates.ts';
import { eventRows, presenceRows } from './events.ts';
import { dutyRows, lowDeclarationRows } from './facts.ts';
import { generateParticipants, generatePopulation } from './figures.ts';
import { generateInstruments } from './instruments.ts';
import { generateLists } from './lists.ts';
import { generatePartners } from './partners.ts';
import { openCase, positionRows } from './positions.ts';
import { generateReleases } from './releases.ts';
import { sources } from './sources.ts';
import type { Targets } from './targets.ts';
import type { Territory } from './territory.ts';

function* each<T, R>(items: readonly T[], rowsOf: (item: T) => readonly R[]): Generator<R> {
  for (const item of items) yield* rowsOf(item);
}

function generateDebt(territory: Territory, parameters: LegalParameters) {
  const cases = generateEmployers(territory).map((employer) =>
    openCase(openAccount(employer), parameters),
  );
  return {
    employers: cases.map(({ account }) => account.employer.row),
    obligations: () => each(cases, ({ account }) => obligationRows(account)),
    payments: () => each(cases, ({ account }) => paymentRows(account)),
    registrationDuties: cases.flatMap(({ account }) => dutyRows(account)),
    underdeclarations: cases.flatMap(({ account }) => lowDeclarationRows(account)),
    positions: cases.flatMap(positionRows),
    events: cases.flatMap(eventRows),
    presences: cases.flatMap(presenceRows),
    estimates: estimateRows(cases.map(({ account }) => account)),
    ...generateLists(cases),
  };
}

export type Demonstration = ReturnType<typeof generate>;

/** `agencies`: the registered agencies that reported partners are, by partner id. */
export function generate(
  territory: Territory,
  targets: Targets,
  agencies: ReadonlyMap<string, string>,
  parameters: LegalParameters,
) {
  const partners = generatePartners();
  const invented = new Map(partners.map((partner) => [partner.id, partner.agency_id]));
  const agencyOf = (partnerId: string) =>
    invented.get(partnerId) ?? agencies.get(partnerId) ?? null;
  const enrolment = generateEnrolment(territory, targets);
  const campaigns = generateCampaigns();
  const activities = generateActivities(territory, campaigns);
  const { instruments, parties, terms } = generateInstruments(agencyOf);
  return {
    sources,
    partners,
    releases: generateReleases(),
    enrolment,
    figures: [
      ...generatePopulation(territory, targets),
      ...generateParticipants(enrolment),
      ...outcomeFigures(campaigns),
    ],
    ...generateDebt(territory, parameters),
    ...generateAgents(territory),
    instruments,
    instrumentParties: parties,
    terms,
    campaigns: campaigns.map(campaignRow),
    campaignParties: campaigns.flatMap((campaign) => partyRows(campaign, agencyOf)),
    activities: activities.map(activityRow),
    costs: campaigns.flatMap(costRows),
    outputs: outputRows(activities),
  };
}
