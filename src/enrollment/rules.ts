/** The rules of coverage in the schema: what each scheme is a share of, and where a target line is drawn. */
import { builder } from '../platform/builder.ts';
import { denominatorRules, type DenominatorRule } from './denominators.ts';
import { lineRules, type LineRule } from './target-line.ts';

const DenominatorUse = builder.enumType('DenominatorUse', {
  description: 'Whether a rule gives the rate of a scheme, or one beside it.',
  values: {
    MAIN: { description: 'The rate that targets are set for.' },
    BESIDE: { description: 'A rate under another name, never compared with the main one.' },
  } as const,
});

const DenominatorPeriod = builder.enumType('DenominatorPeriod', {
  description: 'Which period of the denominator counts for a figure.',
  values: {
    QUARTER_ELSE_YEAR: {
      description:
        'The quarter that holds the figure; else the year’s average; for a figure of a whole year without one, the mean of its four quarters. Otherwise none.',
    },
    YEAR: { description: 'The average of the year in which the figure lies. Otherwise none.' },
    SAME_PERIOD: { description: 'Exactly the figure’s period, of the same source.' },
  } as const,
});

export const DenominatorRuleRef = builder.objectRef<DenominatorRule>('DenominatorRule').implement({
  description:
    'What the rates of a scheme and group are a share of. A rate that no rule covers is not computed.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Its code.' }),
    schemes: t.exposeStringList('schemes', { description: 'For these; list SCHEME.' }),
    participantGroups: t.exposeStringList('participantGroups', {
      description: 'For these; list PARTICIPANT_GROUP.',
    }),
    denominator: t.exposeString('denominator', {
      description: 'What the rate is a share of; list DENOMINATOR.',
    }),
    indicator: t.exposeString('indicator', {
      nullable: true,
      description:
        'The indicator that holds it; list INDICATOR. Null where it is the sum of the participants of the groups that the scheme covers (`codeMappings`, relation COVERED_BY).',
    }),
    use: t.field({
      type: DenominatorUse,
      description: 'The rate of the scheme, or one beside it.',
      resolve: (rule) => rule.use,
    }),
    period: t.field({
      type: DenominatorPeriod,
      description: 'Which period of the denominator counts.',
      resolve: (rule) => rule.period,
    }),
    basis: t.exposeString('basis', { description: 'What the rule rests on.' }),
  }),
});

const TargetLineRuleCode = builder.enumType('TargetLineRuleCode', {
  description: 'How a target is read between the years that it names.',
  values: {
    TARGET_YEARS_ONLY: {
      description: 'At the end of the named years; between them there is none.',
    },
    LINEAR_BETWEEN_TARGET_YEARS: {
      description:
        'On the straight line between the ends of two named years, by days; before the first and after the last there is none.',
    },
  } as const,
});

export const TargetLineRuleRef = builder.objectRef<LineRule>('TargetLineRule').implement({
  description: 'How the targets of an instrument are read between the years that they name.',
  fields: (t) => ({
    instrumentCode: t.exposeString('instrumentId', {
      nullable: true,
      description: 'Code of the instrument; null for targets that no other rule names.',
    }),
    rule: t.field({
      type: TargetLineRuleCode,
      description: 'The rule.',
      resolve: (rule) => rule.rule,
    }),
    basis: t.exposeString('basis', { description: 'What the rule rests on.' }),
  }),
});

builder.queryFields((t) => ({
  denominatorRules: t.field({
    type: [DenominatorRuleRef],
    description: 'What the rate of each scheme is a share of, and which period of it counts.',
    resolve: () => [...denominatorRules],
  }),
  targetLineRules: t.field({
    type: [TargetLineRuleRef],
    description: 'Where a line is drawn between target years, and where not.',
    resolve: () => [...lineRules],
  }),
}));
