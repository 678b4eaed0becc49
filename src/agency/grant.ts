/** Grants in the schema: agreements, statutory grants and accreditations, for their parties and registrars. */
import { AreaRef } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { renewals } from './agreement-data.ts';
import { RenewalRef } from './renewal.ts';
import { GrantKindEnum, GrantStateEnum, GrantTopicRef } from './vocabulary.ts';

type AgreementTerms = Readonly<Partial<Record<(typeof points)[number][0], string>>>;

const points = [
  ['method', 'How the data is asked for and given.'],
  ['processing', 'What the consumer does with it.'],
  ['useLimits', 'What it may not do with it.'],
  ['security', 'Protection, security and authentication.'],
  ['storage', 'Where and how it is kept.'],
  ['duties', 'Further duties of both sides.'],
] as const;

const AgreementTermsRef = builder.objectRef<AgreementTerms>('AgreementTerms').implement({
  description: 'The further points that a sharing agreement names (Decree 47/2020 Art 38).',
  fields: (t) =>
    Object.fromEntries(
      points.map(([point, description]) => [
        point,
        t.string({
          nullable: true,
          description: `${description} Null where nothing was said.`,
          resolve: (terms) => terms[point] ?? null,
        }),
      ]),
    ),
});

export const GrantRef = builder.prismaNode('Grant', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'What an agency may read, from whom, on what basis, for what and until when.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    kind: t.field({
      type: GrantKindEnum,
      description: 'Its basis.',
      resolve: (g) => g.kind as never,
    }),
    state: t.field({
      type: GrantStateEnum,
      description: 'Its state.',
      resolve: (g) => g.state as never,
    }),
    legalBasis: t.exposeString('legalBasis', { description: 'The act or agreement.' }),
    validFrom: t.expose('validFrom', { type: 'Date', description: 'First day.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day, if any.',
    }),
    providerCode: t.exposeString('providerId', {
      description: 'Code of the agency whose data it opens.',
    }),
    consumerCode: t.exposeString('consumerId', {
      description: 'Code of the agency that may read.',
    }),
    provider: t.relation('provider', { nullable: true, description: 'Whose data it opens.' }),
    consumer: t.relation('consumer', { nullable: true, description: 'Who may read.' }),
    topics: t.field({
      type: [GrantTopicRef],
      description: 'What it is about.',
      select: { topics: { orderBy: { topic: 'asc' } } },
      resolve: (grant) => grant.topics,
    }),
    purposes: t.stringList({
      description: 'Purposes it serves, the main one first; list PURPOSE.',
      select: { purposes: { orderBy: { position: 'asc' } } },
      resolve: (grant) => grant.purposes.map(({ purpose }) => purpose),
    }),
    areaIds: t.stringList({
      description: 'The areas that it names, as code@vintage.',
      select: { areas: { orderBy: { areaId: 'asc' } } },
      resolve: (grant) => grant.areas.map(({ areaId }) => areaId),
    }),
    areas: t.field({
      type: [AreaRef],
      description: 'Its territory.',
      select: (_args, _context, nested) => ({
        areas: { orderBy: { areaId: 'asc' }, select: { area: nested() } },
      }),
      resolve: (grant) => grant.areas.map(({ area }) => area) as never,
    }),
    contact: t.exposeString('contact', {
      nullable: true,
      description: 'Whom to ask about it; null where none was named.',
    }),
    retentionMonths: t.exposeInt('retentionMonths', {
      nullable: true,
      description: 'For how many months the consumer keeps what it has read.',
    }),
    afterRetention: t.exposeString('afterRetention', {
      nullable: true,
      description: 'What becomes of it then.',
    }),
    terms: t.field({
      type: AgreementTermsRef,
      description: 'The further points that it names.',
      resolve: (grant) => grant.terms as AgreementTerms,
    }),
    proposedBy: t.exposeString('proposedBy', {
      nullable: true,
      description: 'Who proposed it last, as its agency’s tokens name the subject.',
    }),
    proposedByAgency: t.exposeString('proposedByAgency', {
      nullable: true,
      description: 'Code of the agency that proposed it.',
    }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'Who approved it for the provider.',
    }),
    approvedAt: t.expose('approvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the provider approved it; null for what was loaded.',
    }),
    stateChangedAt: t.expose('stateChangedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its state changed last; null for what was loaded.',
    }),
    stateChangedBy: t.exposeString('stateChangedBy', {
      nullable: true,
      description: 'Who changed it, as agency/subject.',
    }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description: 'Why it was sent back, suspended or ended.',
    }),
    renewal: t.field({
      type: RenewalRef,
      nullable: true,
      description: 'What it no longer reaches of its areas; null while it reaches all.',
      select: { id: true },
      resolve: ({ id }, _args, context) => renewals(context).load(id),
    }),
  }),
});

export const GrantConnection = defineConnection('Grant', GrantRef as never);
