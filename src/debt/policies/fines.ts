/** Who reads which fines an employer faces: whoever reads its assessment. */
import { type } from '../../policy/table.ts';
import type { PolicyTable } from '../../policy/types.ts';

const insiders = ['SI', 'LABOUR'] as const;

export const fines: PolicyTable = {
  ...type(
    'DebtFine',
    insiders,
    `violation states isOrganisation since judgedOn decreeDay itemCount workers amount measuredBy min max cap isCapped
     warningThreshold instrument article reliability basis reasons`,
  ),
  ...type('FineDecreeDay', insiders, 'FIRST_DAY LAST_DAY'),
};
