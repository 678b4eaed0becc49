/** Anomalies in the schema: the rules with their thresholds, and what they find in a period. */
import { builder } from '../platform/builder.ts';
import { PublicError } from '../platform/errors.ts';
import { formatDay } from '../platform/scalars.ts';
import { anomaliesMax, findAnomalies, type Span } from './anomaly-data.ts';
import {
  anomalyRules,
  anomalySentence,
  ruleIds,
  type Anomaly,
  type RuleId,
  type Threshold,
} from './anomaly-rules.ts';

const daysDefault = 31;
const daysMax = 92;
const dayMillis = 86_400_000;
const vietnamOffsetMillis = 7 * 3_600_000;

const AnomalyRuleId = builder.enumType('AnomalyRuleId', {
  description: 'What an auditor looks for; `anomalyRules` explains each.',
  values: Object.fromEntries(
    ruleIds.map((id) => [id, { description: `${anomalyRules[id].title.en}.` }]),
  ) as Record<RuleId, { description: string }>,
});

interface NamedThreshold extends Threshold {
  readonly name: string;
}

const AnomalyThresholdRef = builder.objectRef<NamedThreshold>('AnomalyThreshold').implement({
  description: 'A number on which a rule decides.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What it is.' }),
    value: t.exposeInt('value', { description: 'How much.' }),
    unit: t.exposeString('unit', { description: 'Of what.' }),
  }),
});

const AnomalyRuleRef = builder.objectRef<RuleId>('AnomalyRule').implement({
  description: 'What an auditor looks for on the access log, explained.',
  fields: (t) => ({
    id: t.field({ type: AnomalyRuleId, description: 'Its name.', resolve: (id) => id }),
    title: t.string({
      description: 'In a few words, in the caller’s language.',
      resolve: (id, _args, { language }) => anomalyRules[id].title[language],
    }),
    explanation: t.string({
      description: 'What it looks for and how it counts, in the caller’s language.',
      resolve: (id, _args, { language }) => anomalyRules[id].explanation[language],
    }),
    thresholds: t.field({
      type: [AnomalyThresholdRef],
      description: 'The numbers on which it decides.',
      resolve: (id) =>
        Object.entries<Threshold>(anomalyRules[id].thresholds).map(([name, threshold]) => ({
          name,
          ...threshold,
        })),
    }),
  }),
});

const AnomalyRef = builder.objectRef<Anomaly>('Anomaly').implement({
  description:
    'Something unusual that a rule found on the access log. It accuses nobody: an auditor looks at the records.',
  fields: (t) => ({
    rule: t.field({
      type: AnomalyRuleId,
      description: 'By which rule.',
      resolve: ({ rule }) => rule,
    }),
    agency: t.exposeString('agency', { description: 'Code of the agency that asked.' }),
    application: t.exposeString('application', {
      nullable: true,
      description: 'Its program; null where the rule looks at the whole agency.',
    }),
    release: t.exposeString('release', {
      nullable: true,
      description: 'Code of the release that was read early; null in other rules.',
    }),
    detail: t.exposeString('detail', {
      nullable: true,
      description: 'The topic or the error code, of PURPOSE_MISFIT; null in other rules.',
    }),
    from: t.expose('from', { type: 'DateTime', description: 'From this instant.' }),
    to: t.expose('to', { type: 'DateTime', description: 'Until this instant.' }),
    value: t.expose('value', {
      type: 'Int64',
      description: 'What was measured: rows, requests, employers or refusals, as the rule says.',
    }),
    threshold: t.expose('threshold', {
      type: 'Int64',
      description: 'From which value on the rule finds something, in the same unit.',
    }),
    firstRecord: t.expose('firstRecord', {
      type: 'Int64',
      description: 'Number of the first record that it rests on.',
    }),
    lastRecord: t.expose('lastRecord', {
      type: 'Int64',
      description: 'Number of the last one; others of the same caller lie between.',
    }),
    records: t.expose('records', { type: 'Int64', description: 'How many records.' }),
    sentence: t.string({
      description: 'All of it in words, in the caller’s language.',
      resolve: (anomaly, _args, { language }) => anomalySentence(anomaly, language),
    }),
  }),
});

const AnomalyFilter = builder.inputType('AnomalyFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    from: t.field({
      type: 'Date',
      description: `First day; ${daysDefault - 1} days before the last one when left out.`,
    }),
    to: t.field({
      type: 'Date',
      description: `Last day; when left out today, or ${daysDefault - 1} days after the first one.`,
    }),
    agency: t.string({ description: 'Anomalies of the agency of this code.' }),
    rule: t.field({ type: AnomalyRuleId, description: 'Anomalies of this rule.' }),
  }),
});

type Filter = typeof AnomalyFilter.$inferInput;

/** Throws DATES_REVERSED and SPAN_TOO_LONG. */
function spanOf({ from: first, to: last, agency }: Filter, instant: string): Span {
  const today = new Date(formatDay(new Date(Date.parse(instant) + vietnamOffsetMillis)));
  const later = (day: Date, days: number) => new Date(day.getTime() + days * dayMillis);
  const whole = first ? later(first, daysDefault - 1) : today;
  const end = last ?? (whole < today ? whole : today);
  const start = first ?? later(end, 1 - daysDefault);
  const days = (end.getTime() - start.getTime()) / dayMillis + 1;
  if (days < 1) {
    const said = { from: formatDay(start), to: formatDay(end) };
    throw new PublicError('DATES_REVERSED', { field: 'to', ...said });
  }
  if (days > daysMax) throw new PublicError('SPAN_TOO_LONG', { field: 'to', days, max: daysMax });
  return {
    from: new Date(start.getTime() - vietnamOffsetMillis),
    to: new Date(later(end, 1).getTime() - vietnamOffsetMillis),
    agency: agency ?? null,
  };
}

builder.queryFields((t) => ({
  anomalyRules: t.field({
    type: [AnomalyRuleRef],
    description: 'The rules by which anomalies are found, with their thresholds.',
    resolve: () => ruleIds,
  }),
  anomalies: t.field({
    type: [AnomalyRef],
    description: `What the rules find on the access log of a period of at most ${daysMax} days, rule by rule and by time; at most ${anomaliesMax} of a rule. Errors: SPAN_TOO_LONG, DATES_REVERSED, TOO_MANY_GROUPS.`,
    args: { where: t.arg({ type: AnomalyFilter, description: 'Where to look.' }) },
    resolve: async (_root, { where }, context) => {
      const span = spanOf(where ?? {}, context.principal.scope.instant);
      const found: Anomaly[] = [];
      for (const rule of ruleIds.filter((id) => !where?.rule || id === where.rule)) {
        found.push(...(await findAnomalies(context, rule, span)));
      }
      for (const { rule, agency, application, release, detail, firstRecord } of found) {
        const id = JSON.stringify([
          rule,
          agency,
          application,
          release,
          detail,
          String(firstRecord),
        ]);
        context.draft.given('Anomaly', { id });
      }
      return found;
    },
  }),
}));
