/** Who may identify debt and see how it goes: the insurance agency of the territory. */
import { connection, members, mutation, root, type } from '../../policy/table.ts';
import type { PolicyTable } from '../../policy/types.ts';

const parties = ['SI', 'LABOUR', 'UNION'] as const;
const insurer = ['SI'] as const;

export const identificationPolicy: PolicyTable = {
  // Whoever meets a position without a state is told why.
  ...members('DebtPosition', parties, 'stateReason'),
  ...mutation('identifyDebt', insurer, ['DEBT'], 'area asOf'),
  ...type(
    'DebtIdentification',
    insurer,
    `id code area asOf knownAt state step done total employers positions states withoutState startedBy startedAt
     endedAt errorCode message`,
  ),
  ...type('DebtIdentificationState', insurer, 'RUNNING DONE FAILED'),
  ...type('DebtStateCount', insurer, 'state employers'),
  ...type('DebtReasonCount', insurer, 'code sentence employers'),
  ...connection('DebtIdentification', insurer),
  ...type('DebtIdentificationFilter', insurer, 'area asOf state'),
  ...root('debtIdentifications', insurer, ['DEBT'], 'first after where'),
};
