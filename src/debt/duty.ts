/** What employers must register and did not, or registered too low, in the schema. */
import { builder } from '../platform/builder.ts';
import { sourceField } from './fields.ts';

export const RegistrationDutyRef = builder.prismaNode('RegistrationDuty', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'Workers whom an employer must register with the insurance agency (Law 41/2024/QH15 Art 28), as far as it was late with them or has not done so yet.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    employer: t.relation('employer', { nullable: true, description: 'Whose duty it is.' }),
    dutyFrom: t.expose('dutyFrom', {
      type: 'Date',
      description: 'The day on which the duty arose, such as that of hiring.',
    }),
    registeredOn: t.expose('registeredOn', {
      type: 'Date',
      nullable: true,
      description: 'The day on which they were registered; null while they are not.',
    }),
    workers: t.exposeInt('workers', { description: 'How many workers.' }),
    amount: t.expose('amount', {
      type: 'Int64',
      nullable: true,
      description:
        'What should have been paid for them, in dong; null where nobody has established it.',
    }),
    source: t.field(sourceField),
  }),
});

export const UnderdeclarationRef = builder.prismaNode('Underdeclaration', {
  nullable: true,
  id: { field: 'id' },
  description:
    'Salaries that an employer registered below the legal base for one month (Law 41/2024/QH15 Art 39).',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    employer: t.relation('employer', { nullable: true, description: 'Who registered them.' }),
    timePeriod: t.exposeString('timePeriod', {
      description: 'The month (SDMX TIME_PERIOD), such as 2025-08.',
    }),
    registeredBase: t.expose('registeredBase', {
      type: 'Int64',
      description: 'The salaries that it registered, in dong.',
    }),
    legalBase: t.expose('legalBase', {
      type: 'Int64',
      description: 'The salaries that it should have registered, in dong.',
    }),
    workers: t.exposeInt('workers', { description: 'Whose salaries they are: how many workers.' }),
    correctedOn: t.expose('correctedOn', {
      type: 'Date',
      nullable: true,
      description: 'The day on which the legal base was registered; null before.',
    }),
    amount: t.expose('amount', {
      type: 'Int64',
      nullable: true,
      description:
        'What should have been paid beside, in dong; null where nobody has established it.',
    }),
    source: t.field(sourceField),
  }),
});
