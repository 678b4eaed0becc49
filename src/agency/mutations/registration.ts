/** What the steps of a registration's life have in common: which entry, and how it stands afterwards. */
import { builder } from '../../platform/builder.ts';
import type { Registration } from '../register-data.ts';
import { RegisterStateEnum } from '../vocabulary.ts';

export const RegistrationKindEnum = builder.enumType('RegistrationKind', {
  description: 'What of the register an entry is.',
  values: {
    AGENCY: { description: 'An agency.' },
    APPLICATION: { description: 'A program of an agency.' },
    ISSUER: { description: 'A token issuer.' },
  } as const,
});

export const RegistrationRef = builder.objectRef<Registration>('Registration').implement({
  description: 'An entry of the register after a step of its life.',
  fields: (t) => ({
    kind: t.field({
      type: RegistrationKindEnum,
      description: 'What it is.',
      resolve: ({ kind }) => kind,
    }),
    code: t.exposeString('id', { description: 'Its code.' }),
    state: t.field({
      type: RegisterStateEnum,
      description: 'Its state.',
      resolve: ({ state }) => state as never,
    }),
    registeredBy: t.exposeString('registeredBy', {
      nullable: true,
      description: 'Who registered it, or asked to resume it last, as agency/subject.',
    }),
    approvedBy: t.exposeString('approvedBy', {
      nullable: true,
      description: 'The second person; null until there is one.',
    }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description: 'Why it was suspended or ended.',
    }),
  }),
});

export const entryArgs = () =>
  builder.args((t) => ({
    kind: t.field({ type: RegistrationKindEnum, required: true, description: 'What it is.' }),
    code: t.string({
      required: true,
      description: 'Its code. Errors: REGISTRATION_UNKNOWN, REGISTRATION_WRONG_STATE.',
    }),
  }));
