/** What coverage computes beside the printed figures, in the schema. */
import { DerivedObservationRef, ObservationRef } from '../observation/types.ts';
import { builder } from '../platform/builder.ts';
import type { Rate } from './denominators.ts';
import { DenominatorRuleRef } from './rules.ts';
import { CoverageRef } from './types.ts';

const CoverageRateRef = builder.objectRef<Rate>('CoverageRate').implement({
  description: 'A rate by a denominator of its own, which it names.',
  fields: (t) => ({
    rule: t.field({
      type: DenominatorRuleRef,
      nullable: true,
      description: 'The rule that it follows.',
      resolve: (row) => row.rule,
    }),
    denominatorFigure: t.field({
      type: ObservationRef,
      nullable: true,
      description: 'The figure that it is a share of; a mean of quarters is a derived one.',
      resolve: (row) => row.denominatorFigure,
    }),
    rate: t.field({
      type: DerivedObservationRef,
      description: 'In percent with two decimals; its `denominator` names what of.',
      resolve: (row) => row.rate,
    }),
  }),
});

builder.objectFields(CoverageRef, (t) => ({
  achievementDifference: t.field({
    type: DerivedObservationRef,
    nullable: true,
    description:
      'achievementPrinted less achievementComputed, in percentage points; null where one of them is not there.',
    resolve: (row) => row.achievementDifference,
  }),
  achievementDiffers: t.boolean({
    nullable: true,
    description:
      'Whether the computed achievement, rounded to the digits of the print, is another number than the printed one. Null where one of them has no value. Both stay visible: none is preferred.',
    resolve: (row) => row.achievementDiffers,
  }),
  planComputed: t.field({
    type: DerivedObservationRef,
    nullable: true,
    description:
      'The plan that is not printed, from the result and the ratio that are (`Target.derivableFrom`): result / (achievement / 100), result / (1 + exceedance / 100), or rate less the points above plan. In persons without decimals, or in percent. Null where the plan is printed, or nothing leads back to it. Plans computed so are never added.',
    resolve: (row) => row.planComputed,
  }),
  rateTargetComputed: t.field({
    type: DerivedObservationRef,
    nullable: true,
    description:
      'The same of a coverage rate aimed at: the rate less the points above it, in percent. Null where the target is printed, or nothing leads back to it.',
    resolve: (row) => row.rateTargetComputed,
  }),
  denominatorRule: t.field({
    type: DenominatorRuleRef,
    nullable: true,
    description: 'The rule of `rateComputed`; null where none covers the scheme and group.',
    resolve: (row) => row.denominatorRule,
  }),
  ratesBeside: t.field({
    type: [CoverageRateRef],
    description:
      'Rates of the same count by other denominators, where these are known. Rates of different denominators are never compared.',
    resolve: (row) => [...row.ratesBeside],
  }),
  rateChangeComputed: t.field({
    type: DerivedObservationRef,
    nullable: true,
    description:
      'rateComputed less that of the same period a year before, in percentage points (CHANGE_PP); null where the source has no count of that year.',
    resolve: (row) => row.rateChangeComputed,
  }),
  ratePrintedChangeComputed: t.field({
    type: DerivedObservationRef,
    nullable: true,
    description:
      'ratePrinted less the rate that the same source prints for the year before, in percentage points; without a value where their denominators differ or are not stated.',
    resolve: (row) => row.ratePrintedChangeComputed,
  }),
}));
