/** The words of the register in the schema: roles, topics, kinds and states. */
import { builder } from '../platform/builder.ts';
import { roles, topics } from '../policy/types.ts';

export const RoleEnum = builder.enumType('Role', {
  description: 'What an agency is to the sharing; it decides what exists for it.',
  values: {
    SI: { description: 'Social insurance agency.' },
    LABOUR: { description: 'Labour authority and competent inspectorate.' },
    UNION: { description: 'Federation of labour.' },
    PRESS: { description: 'Accredited press agency.' },
    AUDITOR: { description: 'State or internal audit.' },
    STEWARD: { description: 'Who runs the sharing.' },
  } satisfies Record<(typeof roles)[number], object>,
});

export const TopicEnum = builder.enumType('Topic', {
  description: 'What a grant is about; scope is decided topic by topic.',
  values: {
    ENROLLMENT: { description: 'Participants, coverage, plans.' },
    FINANCE: { description: 'Revenue, receivables, debt totals.' },
    POPULATION: { description: 'Population and territory figures.' },
    DEBT: { description: 'Contribution debt of employers.' },
    CAMPAIGN: { description: 'Communication campaigns.' },
    PARTNER: { description: 'Coordination partners.' },
    REGISTER: { description: 'Agencies, applications, issuers and grants.' },
    ACCESS_LOG: { description: 'Who read what.' },
    CHANGE_LOG: { description: 'Who changed what.' },
  } satisfies Record<(typeof topics)[number], object>,
});

export const ReachEnum = builder.enumType('Reach', {
  description: 'How deep a grant reaches.',
  values: {
    PUBLISHED: { description: 'What is published, everywhere.' },
    PARTY: {
      description:
        'In the territory, the rows to which the agency is a confirmed party too; and what is published, everywhere.',
    },
    INTERNAL: {
      description: 'Internal rows of the territory too, and what is published elsewhere.',
    },
  } as const,
});

export const GrantKindEnum = builder.enumType('GrantKind', {
  description: 'What a grant rests on.',
  values: {
    AGREEMENT: { description: 'An agreement of provider and consumer.' },
    STATUTORY: { description: 'A law.' },
    ACCREDITATION: { description: 'The accreditation of a press agency.' },
  } as const,
});

export const GrantStateEnum = builder.enumType('GrantState', {
  description: 'Where a grant is in its life; only ACTIVE ones count, between their dates.',
  values: {
    DRAFT: { description: 'Being written.' },
    PROPOSED: { description: 'Awaiting the provider’s approval.' },
    ACTIVE: { description: 'Approved by the provider.' },
    SUSPENDED: { description: 'Not to be used for now.' },
    ENDED: { description: 'Over.' },
  } as const,
});

export const RegisterStateEnum = builder.enumType('RegisterState', {
  description: 'Where an entry of the register is in its life; only ACTIVE ones count.',
  values: {
    PROPOSED: { description: 'Awaiting the second person.' },
    ACTIVE: { description: 'In force.' },
    SUSPENDED: { description: 'Not to be used for now.' },
    ENDED: { description: 'Over.' },
  } as const,
});

export const GrantTopicRef = builder
  .objectRef<{ topic: string; reach: string }>('GrantTopic')
  .implement({
    description: 'A topic of a grant.',
    fields: (t) => ({
      topic: t.field({ type: TopicEnum, description: 'Which.', resolve: (g) => g.topic as never }),
      reach: t.field({
        type: ReachEnum,
        description: 'How deep.',
        resolve: (g) => g.reach as never,
      }),
    }),
  });
