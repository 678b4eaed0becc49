/** The cells of the files of this domain. */
import { z } from 'zod';
import { listed } from '../observation/load-codes.ts';
import {
  aliasedArea,
  idIn,
  organisationId,
  type FigureContext,
} from '../observation/load-figures.ts';
import { listOf, number, oneOf, optional, period, text } from '../platform/csv-cells.ts';

const flag = oneOf('TRUE', 'FALSE').transform((value) => value === 'TRUE');

/** The cells that every reported row of this domain has. */
function commonCells(ctx: FigureContext) {
  return {
    id: text,
    area: aliasedArea(ctx),
    comment: optional(text),
    source: idIn(ctx, 'sources.csv'),
    locator: text,
  };
}

export function outputShape(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  return z.object({
    ...commonCells(ctx),
    series: optional(code('SERIES')),
    activity: text,
    channel: code('CHANNEL'),
    form: code('FORM'),
    form_basis: code('FORM_BASIS'),
    audience_codes: listOf(code('AUDIENCE')),
    topic_codes: listOf(code('TOPIC')),
    partner_id: optional(organisationId(ctx)),
    measure: code('MEASURE'),
    value: optional(number),
    time_period: optional(period),
    period_basis: code('PERIOD_BASIS'),
    qualifier: optional(code('QUALIFIER')),
    obs_status: code('OBS_STATUS'),
    is_total: flag,
    outcome_ids: listOf(idIn(ctx, 'observations.csv')),
    conflict_ids: listOf(idIn(ctx, 'conflicts.csv')),
  });
}

export function audienceShape(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  return z.object({
    ...commonCells(ctx),
    audience_codes: listOf(code('AUDIENCE')),
    name: text,
    topic_codes: listOf(code('TOPIC')),
    channel_codes: listOf(code('CHANNEL')),
    message_gist: optional(text),
    frequency: code('FREQUENCY'),
    status: code('STATUS'),
  });
}

export function channelShape(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  return z.object({
    ...commonCells(ctx),
    channel: code('CHANNEL'),
    form: code('FORM'),
    form_basis: code('FORM_BASIS'),
    status: code('STATUS'),
    conflict_ids: listOf(idIn(ctx, 'conflicts.csv')),
  });
}

export type Output = z.output<ReturnType<typeof outputShape>>;

export function ruleShape(ctx: FigureContext) {
  return z
    .object({
      series: listed(ctx.codes, 'SERIES'),
      measure: listed(ctx.codes, 'MEASURE'),
      additive_over_time: flag,
      reason_en: optional(text),
      reason_vi: optional(text),
    })
    .refine(
      (row) => [row.reason_en, row.reason_vi].every((r) => (r === null) === row.additive_over_time),
      {
        path: ['reason_en'],
        error: 'Give both reasons to a series that may not be added, and to no other.',
      },
    );
}
