/** Who may use what an inspector works with: what lies ahead of a debt is for those who act on it, never for a union. */
import { members, mutation } from '../../policy/table.ts';
import { insiders, readers, type PolicyTable } from '../../policy/types.ts';

const outlook: PolicyTable = {
  ...members(
    'DebtPosition',
    insiders,
    `becameLateOn becameLateAmount next turnsEvasionOn turnsEvasionAmount
     turnsEvasionIfRemindedOn turnsEvasionIfRemindedAmount`,
  ),
  ...members(
    'DebtPositionFilter',
    insiders,
    'becameLateThisMonth nextBy turnsEvasionBy turnsEvasionIfRemindedBy',
  ),
  ...members(
    'DebtPositionOrder',
    insiders,
    'AGE_DESC NEXT_DEADLINE_ASC EVASION_ASC EVASION_IF_REMINDED_ASC',
  ),
};

/** A download shows the columns of the role, so a link opens nothing that the list does not. */
const exports: PolicyTable = {
  ...mutation('exportDebtPositions', insiders, ['DEBT'], 'where orderBy'),
  ...mutation('exportDebtEvents', insiders, ['DEBT'], 'where orderBy'),
  ...mutation('exportStatutoryListEntries', readers, ['DEBT'], 'where orderBy'),
};

export const inspectorPolicy: PolicyTable = { ...outlook, ...exports };
