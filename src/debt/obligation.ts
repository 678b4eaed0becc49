/** What employers owe month by month and what they have paid, in the schema. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import { pairId, pairOf, sourceField } from './fields.ts';
import { balanceOf, fundsOf, totalOf, type FundBalance } from './funds.ts';

const paidDescription =
  'What of it has been paid, in dong: as the law allocates the employer’s payments, on the day of the newest change of its obligations, payments or suspensions. What a suspension that ended by itself has released since, while money was left over, is in it from the next change on; `Employer.assessment` says it at once.';
const balanceDescription = 'due less paid, in dong; what a suspension defers is in it.';

const FundBalanceRef = builder.objectRef<FundBalance>('FundBalance').implement({
  description: 'What is owed to one insurance fund for one month, in dong.',
  fields: (t) => ({
    fund: t.exposeString('fund', { description: 'List FUND.' }),
    due: t.expose('due', { type: 'Int64', description: 'What must be paid, in dong.' }),
    paid: t.expose('paid', { type: 'Int64', description: paidDescription }),
    balance: t.field({
      type: 'Int64',
      description: balanceDescription,
      resolve: balanceOf,
    }),
  }),
});

export const ObligationRef = builder.prismaNode('Obligation', {
  nullable: true,
  id: { resolve: (row) => pairId(row.employerId, row.timePeriod) },
  findUnique: (id) => {
    const [employerId, timePeriod] = pairOf(id);
    return { employerId_timePeriod: { employerId, timePeriod } };
  },
  description:
    'What an employer owes for one month, fund by fund (Law 41/2024/QH15 Art 33, 34), and what of it has been paid. In dong, never rounded.',
  fields: (t) => ({
    employer: t.relation('employer', { nullable: true, description: 'Who owes it.' }),
    timePeriod: t.exposeString('timePeriod', {
      description: 'The month (SDMX TIME_PERIOD), such as 2025-08.',
    }),
    dueOn: t.expose('dueOn', { type: 'Date', description: 'The last day to pay on time.' }),
    paymentCycle: t.exposeString('paymentCycle', {
      description: 'How often the employer paid then; list PAYMENT_CYCLE.',
    }),
    registeredOn: t.expose('registeredOn', {
      type: 'Date',
      nullable: true,
      description: 'Since when it is registered, where that was after its month; else null.',
    }),
    workers: t.exposeInt('workers', { description: 'Workers for whom it is owed.' }),
    contributionBase: t.expose('contributionBase', {
      type: 'Int64',
      description: 'The salaries on which contributions are reckoned, in dong.',
    }),
    funds: t.field({
      type: [FundBalanceRef],
      description: 'The five funds, in the order of list FUND.',
      resolve: fundsOf,
    }),
    due: t.field({
      type: 'Int64',
      description: 'What must be paid to all funds, in dong.',
      resolve: (row) => totalOf(row).due,
    }),
    paid: t.field({
      type: 'Int64',
      description: paidDescription,
      resolve: (row) => totalOf(row).paid,
    }),
    balance: t.field({
      type: 'Int64',
      description: balanceDescription,
      resolve: (row) => balanceOf(totalOf(row)),
    }),
    source: t.field(sourceField),
  }),
});

export const PaymentRef = builder.prismaNode('Payment', {
  nullable: true,
  id: { field: 'id' },
  description: 'Money that an employer has paid. It is allocated to the oldest month first.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    employer: t.relation('employer', { nullable: true, description: 'Who paid.' }),
    receivedOn: t.expose('receivedOn', { type: 'Date', description: 'The day of receipt.' }),
    amount: t.expose('amount', { type: 'Int64', description: 'In dong.' }),
    reversedOn: t.expose('reversedOn', {
      type: 'Date',
      nullable: true,
      description:
        'Since when it counts as never received, such as a transfer taken back; or null.',
    }),
    source: t.field(sourceField),
  }),
});

export const ObligationConnection = defineConnection('Obligation', ObligationRef as never);
