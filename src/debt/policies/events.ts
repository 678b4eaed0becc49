/** Who may record what about debts, and who answers a union's claim. */
import { members, mutation, type } from '../../policy/table.ts';
import { insiders, type PolicyTable } from '../../policy/types.ts';

const parties = ['SI', 'LABOUR', 'UNION'] as const;
const insurer = ['SI'] as const;
const inspector = ['LABOUR'] as const;
const unions = ['UNION'] as const;
const insurerAndUnions = ['SI', 'UNION'] as const;

const inputs: PolicyTable = {
  ...type('DebtEventInput', insiders, 'jointSession referral forceMajeure'),
  ...members('DebtEventInput', insurer, 'reminder settlement hardToCollect'),
  ...members('DebtEventInput', inspector, 'inspection sanction suspension'),
  ...type('ReminderInput', insurer, 'employer on document months amount note'),
  ...type('PromiseInput', insiders, 'amount by'),
  ...type('JointSessionInput', insiders, 'employer on plan participants promise note'),
  ...type('InspectionInput', inspector, 'employer on plan participants amount note'),
  ...type('SanctionInput', inspector, 'employer on plan document amount note'),
  ...type('ReferralInput', insiders, 'employer on note document amount'),
  ...type('SettlementInput', insurer, 'employer on amount note'),
  ...type('SuspensionInput', inspector, 'employer on document fromMonth toMonth note'),
  ...type('ForceMajeureInput', insiders, 'employer on document cause from until months note'),
  ...type('HardToCollectInput', insurer, 'employer on cause from until document note'),
  ...type('DebtEventPlanInput', insiders, 'jointSession'),
  ...members('DebtEventPlanInput', inspector, 'inspection sanction'),
  ...type('PlannedSessionInput', insiders, 'employer on participants note'),
  ...type('PlannedInspectionInput', inspector, 'employer on plan participants note'),
  ...type('SanctionDraftInput', inspector, 'employer on amount note'),
};

export const events: PolicyTable = {
  ...inputs,
  ...members('DebtEvent', parties, 'confirmedBy document reason'),
  // That a proposal was taken up tells of a plan.
  ...members('DebtEvent', insiders, 'takenUpAs'),
  ...members('DebtEventStage', parties, 'TAKEN_UP DECLINED REVOKED'),
  ...members('DebtEventFilter', parties, 'stage'),
  ...members('UnionPresence', parties, 'code state refusedAt refusedBy reason'),
  ...type('UnionPresenceState', parties, 'CLAIMED CONFIRMED REFUSED ENDED'),
  ...mutation('recordDebtEvent', insiders, ['DEBT'], 'event'),
  ...mutation('planDebtEvent', insiders, ['DEBT'], 'event'),
  ...mutation('proposeInspection', insurerAndUnions, ['DEBT'], 'employer note'),
  ...mutation('declineInspection', inspector, ['DEBT'], 'event reason'),
  ...mutation('correctDebtEvent', insiders, ['DEBT'], 'event as reason'),
  ...mutation('revokeDebtEvent', parties, ['DEBT'], 'event reason'),
  ...mutation('confirmDebtEvent', insiders, ['DEBT'], 'event'),
  ...mutation('recordPromise', insiders, ['DEBT'], 'event kept'),
  ...mutation('claimUnionPresence', unions, ['DEBT'], 'unitCode nameVi since'),
  ...mutation('confirmUnionPresence', insurer, ['DEBT'], 'presence'),
  ...mutation('refuseUnionPresence', insurer, ['DEBT'], 'presence reason'),
  ...mutation('endUnionPresence', insurerAndUnions, ['DEBT'], 'presence lastDay reason'),
};
