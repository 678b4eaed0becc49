/** Who is told what is owed to each fund: the shares tell who pays in part and who is suspended, so no union and no public. */
import { members, type } from '../../policy/table.ts';
import { insiders, type PolicyTable } from '../../policy/types.ts';

export const fundsPolicy: PolicyTable = {
  ...members('DebtPosition', insiders, 'funds'),
  ...type('FundDebt', insiders, 'fund amount'),
  ...members('DebtSummaryBy', insiders, 'FUND'),
};
