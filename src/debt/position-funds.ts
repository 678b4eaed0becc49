/** Of a debt position, what of the amount is owed to each insurance fund. */
import { builder } from '../platform/builder.ts';
import { fewRows } from '../platform/limits.ts';
import { fundCodes, splitOf, type FundDebt } from './funds.ts';
import { DebtPositionRef } from './position.ts';

const FundDebtRef = builder.objectRef<FundDebt>('FundDebt').implement({
  description: 'What is due and unpaid to one insurance fund, in dong.',
  fields: (t) => ({
    fund: t.exposeString('fund', { description: 'List FUND.' }),
    amount: t.expose('amount', {
      type: 'Int64',
      description: 'What is due and unpaid, in dong; 0 where nothing is.',
    }),
  }),
});

builder.prismaObjectFields(DebtPositionRef, (t) => ({
  funds: t.field({
    type: [FundDebtRef],
    nullable: true,
    extensions: fewRows(fundCodes.length),
    description:
      'What of `amount` is owed to each of the five funds, in the order of list FUND; they add up to `amount`. Null where the position was made before amounts were kept by fund: `identifyDebt` of its day gives them.',
    resolve: splitOf,
  }),
}));
