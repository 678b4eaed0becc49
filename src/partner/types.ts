/** Partners, what the insurance agencies do with them, and facts of organisation, in the schema. */
import { conflictLoader } from '../observation/data.ts';
import { PeriodBasis } from '../observation/enums.ts';
import { isAbsent, measure } from '../observation/figure.ts';
import { ConflictRef } from '../observation/provenance.ts';
import { MeasuredObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import { boundedFirst, defineConnection, firstDefault, firstMax } from '../platform/connection.ts';

/**
 * Joins the area and the source of a measure with what is asked below them; of what is not asked,
 * the id alone, since an empty selection is no query.
 */
export function joined(nested: (selection: object, path: string[]) => unknown) {
  const id = { select: { id: true } };
  const relations = { area: nested(id, ['refArea']), source: nested(id, ['source']) };
  return relations as { readonly area: true; readonly source: true };
}

/** The argument of a nested list; its default stands in the schema, so that limits count with it. */
export const firstOf = () =>
  builder.args((t) => ({
    first: t.int({
      defaultValue: firstDefault,
      description: `How many, by code: 1 to ${firstMax}. Else FIRST_OUT_OF_BOUNDS.`,
    }),
  }));

/** The first rows of a nested list. */
export const firstRows = ({ first }: { first?: number | null | undefined }) => ({
  orderBy: { id: 'asc' } as const,
  take: boundedFirst(first),
});

export const PartnerRef = builder.prismaNode('Partner', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'An organisation or named group that works with the insurance agencies; the agencies themselves included.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as other rows name it.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    nameVi: t.exposeString('nameVi', {
      nullable: true,
      description: 'The Vietnamese name; null where none is certain.',
    }),
    kind: t.exposeString('kind', { description: 'What it is; list PARTNER_KIND.' }),
    level: t.exposeString('level', { description: 'Its level; list LEVEL.' }),
    area: t.relation('area', { nullable: true, description: 'Where it works.' }),
    agencyCode: t.exposeString('agencyId', {
      nullable: true,
      description:
        'Code of the registered agency that it is, or whose predecessor it is; null for the others.',
    }),
    comment: t.exposeString('comment', { nullable: true, description: 'A remark on the reading.' }),
    sourceCodes: t.exposeStringList('sourceIds', {
      description: 'Codes of the sources that name it.',
    }),
    locator: t.exposeString('locator', { description: 'Where in the sources it stands.' }),
    coordinations: t.relation('coordinations', {
      args: firstOf(),
      query: firstRows,
      description:
        'What it does with insurance agencies. For pages use `coordinations(where: { partner })`.',
    }),
    insures: t.relation('insures', {
      args: firstOf(),
      query: firstRows,
      description:
        'For an insurance agency: what partners do with it. For pages use `coordinations(where: { agency })`.',
    }),
    agentSystems: t.relation('agentSystems', {
      args: firstOf(),
      query: firstRows,
      description: 'The networks with which it collects premiums.',
    }),
    agentPoints: t.relation('agentPoints', {
      args: firstOf(),
      query: firstRows,
      description:
        'The places where it collects premiums. For pages use `agentPoints(where: { partner })`.',
    }),
    facts: t.relation('facts', {
      args: firstOf(),
      query: firstRows,
      description: 'Facts of its apparatus for communication.',
    }),
  }),
});

export const CoordinationRef = builder.prismaNode('Coordination', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'That an insurance agency and a partner work together, on what and on which basis.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    agency: t.relation('insurer', {
      nullable: true,
      description: 'The insurance agency; null where the caller may not see it.',
    }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'The other side; null where the caller may not see it.',
    }),
    area: t.relation('area', { nullable: true, description: 'Where they work together.' }),
    relation: t.exposeString('relation', {
      description: 'What the partner is to the agency; list RELATION.',
    }),
    subject: t.exposeString('subject', { description: 'What they do together.' }),
    topicCodes: t.exposeStringList('topicCodes', {
      description: 'What it is about; list TOPIC. Empty when the source names none.',
    }),
    instrumentKind: t.exposeString('instrumentKind', {
      description: 'On what kind of basis; list COORDINATION_INSTRUMENT.',
    }),
    instrument: t.relation('instrument', {
      nullable: true,
      description: 'The act on which it rests, if the source names one.',
    }),
    frequency: t.exposeString('frequency', { description: 'How often; list FREQUENCY.' }),
    status: t.exposeString('status', { description: 'Whether it is in place; list STATUS.' }),
    timePeriod: t.exposeString('timePeriod', {
      nullable: true,
      description: 'When (SDMX TIME_PERIOD); null when the source states no period.',
    }),
    comment: t.exposeString('comment', { nullable: true, description: 'A remark on the reading.' }),
    sourceCodes: t.exposeStringList('sourceIds', {
      description: 'Codes of the sources that tell of it.',
    }),
    locator: t.exposeString('locator', { description: 'Where in the sources it stands.' }),
  }),
});

export const OrganisationFactRef = builder.prismaNode('OrganisationFact', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'A fact of the apparatus for communication: staff, collaborators, boards, founding dates.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as conflicts name it.' }),
    partner: t.relation('partner', {
      nullable: true,
      description: 'Whose apparatus; null where the caller may not see it.',
    }),
    area: t.relation('area', { nullable: true, description: 'Where.' }),
    unitName: t.exposeString('unitName', {
      description: 'The unit within the organisation, in our own words.',
    }),
    item: t.exposeString('item', { description: 'What is told; list ORGANISATION_ITEM.' }),
    value: t.field({
      type: MeasuredObservationRef,
      nullable: true,
      description:
        'The figure; its `indicator` is the item. Null where what is told is no number, such as a founding date, which stands in `timePeriod`; a number that is not printed is a figure without a value.',
      select: (_args, _context, nested) => joined(nested),
      resolve: ({ value, decimals, unit, qualifier, ...fact }) =>
        value === null && !isAbsent(fact.obsStatus)
          ? null
          : measure(fact, null, {
              indicator: fact.item,
              obsStatus: fact.obsStatus,
              value,
              decimals,
              unit,
              qualifier,
            }),
    }),
    timePeriod: t.exposeString('timePeriod', {
      nullable: true,
      description: 'The period or day told of (SDMX TIME_PERIOD); null when none is stated.',
    }),
    periodBasis: t.field({
      type: PeriodBasis,
      description: 'Whether the period is printed or inferred.',
      resolve: (fact) => fact.periodBasis as never,
    }),
    comment: t.exposeString('comment', { nullable: true, description: 'A remark on the reading.' }),
    source: t.relation('source', { nullable: true, description: 'The document.' }),
    locator: t.exposeString('locator', { description: 'Where in the source it stands.' }),
    conflicts: t.field({
      type: [ConflictRef],
      description: 'Contradictions and unclear points that mark it.',
      resolve: (fact, _args, context) => conflictLoader(context).load(fact.id) as never,
    }),
  }),
});

export const PartnerConnection = defineConnection('Partner', PartnerRef as never);
export const CoordinationConnection = defineConnection('Coordination', CoordinationRef as never);
export const OrganisationFactConnection = defineConnection(
  'OrganisationFact',
  OrganisationFactRef as never,
);
