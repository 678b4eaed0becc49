/** The rows of the four reported files of this domain, and what makes one wrong. */
import { z } from 'zod';
import { listed } from '../observation/load-codes.ts';
import {
  aliasedArea,
  idIn,
  organisationId,
  type FigureContext,
} from '../observation/load-figures.ts';
import { listOf, number, oneOf, optional, period, text } from '../platform/csv-cells.ts';
import type { Row } from '../platform/csv.ts';

/** What the rows of all these files end with. */
const remarks = (ctx: FigureContext) => ({ area: aliasedArea(ctx), comment: optional(text) });
const severalSources = (ctx: FigureContext) => text.pipe(listOf(idIn(ctx, 'sources.csv')));
const wholeNumber = text.regex(/^(0|[1-9]\d{0,8})$/, 'Write a whole number, such as 0 or 171.');

export function partnerShape(ctx: FigureContext) {
  return z.object({
    ...remarks(ctx),
    id: text,
    name_en: text,
    name_vi: optional(text),
    kind: listed(ctx.codes, 'PARTNER_KIND'),
    level: listed(ctx.codes, 'LEVEL'),
    source: severalSources(ctx),
    locator: text,
  });
}

export function coordinationShape(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  return z
    .object({
      ...remarks(ctx),
      id: text,
      agency_id: organisationId(ctx),
      partner_id: organisationId(ctx),
      relation: code('RELATION'),
      subject: text,
      topic_codes: listOf(code('TOPIC')),
      instrument_kind: code('COORDINATION_INSTRUMENT'),
      instrument_id: optional(idIn(ctx, 'instruments.csv')),
      frequency: code('FREQUENCY'),
      status: code('STATUS'),
      time_period: optional(period),
      source: severalSources(ctx),
      locator: text,
    })
    .refine((row) => row.agency_id !== row.partner_id, {
      path: ['partner_id'],
      error: 'Name another organisation than the agency; nobody coordinates with itself.',
    });
}

function figureShape(ctx: FigureContext) {
  return {
    ...remarks(ctx),
    id: text,
    time_period: optional(period),
    period_basis: listed(ctx.codes, 'PERIOD_BASIS'),
    conflict_ids: listOf(idIn(ctx, 'conflicts.csv')),
    source: idIn(ctx, 'sources.csv'),
    locator: text,
  };
}

export function agentSystemShape(ctx: FigureContext) {
  return z
    .object({
      ...figureShape(ctx),
      partner_id: optional(organisationId(ctx)),
      agent_staff: optional(wholeNumber.transform(Number)),
      collection_points: optional(wholeNumber.transform(Number)),
      is_total: oneOf('TRUE', 'FALSE'),
    })
    .refine((row) => (row.is_total === 'TRUE') === (row.partner_id === null), {
      path: ['partner_id'],
      error: 'Name the partner of a system; a total has none.',
    });
}

/** Their date stands in the period, or there is nothing to count. */
const itemsWithoutNumber: readonly string[] = ['ESTABLISHED', 'IN_OPERATION_SINCE', 'LEAD_UNIT'];

export function factShape(ctx: FigureContext) {
  const code = (list: string) => listed(ctx.codes, list);
  return z
    .object({
      ...figureShape(ctx),
      partner_id: organisationId(ctx),
      unit_name: text,
      item: code('ORGANISATION_ITEM'),
      value: optional(number),
      unit: optional(code('UNIT')),
      qualifier: optional(code('QUALIFIER')),
      obs_status: code('OBS_STATUS'),
    })
    .refine((row) => (row.value === null) === (row.unit === null), {
      path: ['unit'],
      error: 'Give a unit to a value, and to nothing else.',
    })
    .refine((row) => row.value === null || !itemsWithoutNumber.includes(row.item), {
      path: ['value'],
      error: 'Leave the value blank; what this item tells is no number.',
    })
    .refine(
      (row) =>
        (row.obs_status === 'O') === (row.value === null && !itemsWithoutNumber.includes(row.item)),
      {
        path: ['obs_status'],
        error: 'Give status O to a number that is not printed, and to no other row.',
      },
    );
}

/** A checked row of a file. */
export type RowOf<T extends (ctx: FigureContext) => z.ZodObject> = Row<z.output<ReturnType<T>>>;
