/** Who may use what an inspector works with: what lies ahead of a debt is for those who act on it, never for a union. */
import { members } from '../../policy/table.ts';
import { insiders, type PolicyTable } from '../../policy/types.ts';

const outlook: PolicyTable = {
  ...members(
    'DebtPosition',
    insiders,
    `stateReason becameLateOn becameLateAmount next turnsEvasionOn turnsEvasionAmount
     turnsEvasionNeedsReminder`,
  ),
  ...members(
    'DebtPositionFilter',
    insiders,
    'becameLateThisMonth nextBy turnsEvasionBy turnsEvasionNeedsReminder',
  ),
  ...members('DebtPositionOrder', insiders, 'AGE_DESC NEXT_DEADLINE_ASC EVASION_ASC'),
};

export const inspectorPolicy: PolicyTable = { ...outlook };
