/** What is said of an agreement when it is drafted, amended or narrowed. */
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { GrantKindEnum, ReachEnum, TopicEnum } from './vocabulary.ts';

export const AgreementTopicInput = builder.inputType('AgreementTopicInput', {
  description: 'A topic that a grant is to open.',
  fields: (t) => ({
    topic: t.field({ type: TopicEnum, required: true, description: 'Which topic.' }),
    reach: t.field({
      type: ReachEnum,
      required: true,
      description:
        'How deep: to the press PUBLISHED, to unions at most PARTY. Else REACH_NOT_FOR_ROLE.',
    }),
  }),
});

const longText = 'At most 2,000 characters, else TEXT_TOO_LONG.';

export const AgreementTermsInput = builder.inputType('AgreementTermsInput', {
  description: 'The further points that a sharing agreement names (Decree 47/2020 Art 38).',
  fields: (t) => ({
    method: t.string({ description: `How the data is asked for and given. ${longText}` }),
    processing: t.string({ description: `What the consumer does with it. ${longText}` }),
    useLimits: t.string({ description: `What it may not do with it. ${longText}` }),
    security: t.string({
      description: `Protection, security and authentication. ${longText}`,
    }),
    storage: t.string({ description: `Where and how it is kept. ${longText}` }),
    duties: t.string({ description: `Further duties of both sides. ${longText}` }),
  }),
});

type Fields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>;

/** Fields that a draft and its amendments share; only the first must have them all. */
function contentFields<Required extends boolean>(t: Fields, required: Required) {
  return {
    legalBasis: t.string({
      required,
      description: `The act or document that it rests on. ${longText}`,
    }),
    validFrom: t.field({ type: 'Date', required, description: 'First day.' }),
    validTo: t.field({
      type: 'Date',
      description: 'Last day; open when left out. Errors: DATES_REVERSED, DATES_PAST.',
    }),
    topics: t.field({
      type: [AgreementTopicInput],
      required,
      description: 'What it is about; each topic once. Errors: TOPIC_NOT_FOR_ROLE, VALUE_TWICE.',
    }),
    areas: t.field({
      type: [AreaKeyInput],
      required,
      description:
        'Its territory, inside the provider’s own. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS.',
    }),
    purposes: t.stringList({
      required,
      description:
        'Purposes it serves, the main one first; list PURPOSE. Errors: PURPOSE_UNKNOWN, PURPOSE_NOT_FOR_ROLE.',
    }),
    contact: t.string({ description: `Whom to ask: a post, no person’s name. ${longText}` }),
    retentionMonths: t.int({
      description: 'For how many months the consumer keeps what it has read: 0 to 1200.',
    }),
    afterRetention: t.string({ description: `What becomes of it then. ${longText}` }),
    terms: t.field({ type: AgreementTermsInput, description: 'The further points.' }),
  };
}

export const DraftAgreementInput = builder.inputType('DraftAgreementInput', {
  description: 'A new agreement, statutory grant or accreditation.',
  fields: (t) => ({
    code: t.string({
      required: true,
      description: 'Its code: 3 to 80 small letters, digits and hyphens. Errors: CODE_TAKEN.',
    }),
    kind: t.field({
      type: GrantKindEnum,
      description:
        'What it rests on; AGREEMENT when left out. STATUTORY is the steward’s to draft.',
    }),
    provider: t.string({
      description: 'Code of the agency whose data it opens; the caller’s own when left out.',
    }),
    consumer: t.string({
      required: true,
      description: 'Code of the agency that may read. Errors: AGENCY_NOT_REGISTERED.',
    }),
    ...contentFields(t, true),
  }),
});

export const AmendAgreementInput = builder.inputType('AmendAgreementInput', {
  description: 'What changes in a draft; what is left out stays, and lists are given whole.',
  fields: (t) => contentFields(t, false),
});

export const NarrowAgreementInput = builder.inputType('NarrowAgreementInput', {
  description:
    'What is left of an agreement in force; what is left out stays, and lists are given whole.',
  fields: (t) => ({
    topics: t.field({
      type: [AgreementTopicInput],
      description: 'The topics that stay, as deep as before or less.',
    }),
    areas: t.field({
      type: [AreaKeyInput],
      description: 'The areas that stay, or areas inside them.',
    }),
    purposes: t.stringList({ description: 'The purposes that stay.' }),
    validTo: t.field({ type: 'Date', description: 'The new last day, not later than before.' }),
  }),
});
