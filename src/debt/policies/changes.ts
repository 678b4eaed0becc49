/** Who may use what of changes since one last looked: those who act on debts in their territory. */
import { mutation, root, type } from '../../policy/table.ts';
import { insiders, type PolicyTable } from '../../policy/types.ts';

export const changesPolicy: PolicyTable = {
  ...type(
    'DebtChange',
    insiders,
    'code employer kind action items eventKind entry was is recordedAt effectiveAt contributor source',
  ),
  ...type(
    'DebtChangeKind',
    insiders,
    'OBLIGATION PAYMENT REGISTRATION_DUTY UNDERDECLARATION POSITION EVENT STATUTORY_LIST',
  ),
  ...type(
    'DebtChangeAction',
    insiders,
    `RECORDED CORRECTED REMOVED PROPOSED PLANNED DRAFTED TAKEN_UP DECLINED CONFIRMED PROMISE_ANSWERED REVOKED
     TRANSMITTED PUBLISHED WITHDRAWN`,
  ),
  ...type('DebtStanding', insiders, 'asOf state amount monthsLate'),
  ...type('DebtChanges', insiders, 'changes cursor more'),
  ...type('DebtChangeFilter', insiders, 'area within employer kind'),
  ...mutation('exportDebtChanges', insiders, ['DEBT'], 'where since after'),
  ...root('debtChanges', insiders, ['DEBT'], 'where since after first'),
};
