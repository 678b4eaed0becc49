/** Asking for territory: one area by its key, or a list. */
import { lookAhead } from '../platform/look-ahead.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Area, AreaCorrection, Office } from '../platform/prisma/client.ts';
import { AreaCorrectionConnection, AreaCorrectionKind } from './correction.ts';
import {
  areaWhere,
  findArea,
  officeWhere,
  readAreas,
  readCorrections,
  readOffices,
} from './data.ts';
import { OfficeConnection, OfficeLevel } from './office.ts';
import { AreaConnection, AreaKeyInput, AreaKind, AreaRef } from './types.ts';

const byCode: Order<Area> = {
  name: 'CODE',
  columns: [
    { column: 'code', direction: 'asc', read: (area) => area.code },
    { column: 'vintage', direction: 'asc', read: (area) => area.vintage },
  ],
};
const byName: Order<Area> = {
  name: 'NAME',
  columns: [
    { column: 'nameSearch', direction: 'asc', read: (area) => area.nameSearch },
    { column: 'id', direction: 'asc', read: (area) => area.id },
  ],
};

const AreaFilter = builder.inputType('AreaFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    kind: t.field({ type: AreaKind, description: 'Areas of this kind.' }),
    code: t.string({ description: 'Areas that bear or bore this code.' }),
    vintage: t.string({ description: 'Areas first listed in this edition.' }),
    parentCode: t.string({ description: 'Units right below a unit of this code.' }),
    search: t.string({
      description:
        'Names that begin so; tone marks and case do not matter ("dien" finds Điện Biên).',
    }),
    validOn: t.field({ type: 'Date', description: 'Areas that were valid on this day.' }),
  }),
});

const AreaOrder = builder.enumType('AreaOrder', {
  description: 'The order of a list of areas.',
  values: {
    CODE: { description: 'By code, then vintage.' },
    NAME: { description: 'By name without tone marks.' },
  } as const,
});

const byId = { column: 'id', direction: 'asc', read: (row: { id: string }) => row.id } as const;
const correctionOrder: Order<AreaCorrection> = { name: 'ID', columns: [byId] };
const officeOrder: Order<Office> = { name: 'CODE', columns: [byId] };

const OfficeFilter = builder.inputType('OfficeFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'Offices that serve exactly this area.' }),
    level: t.field({ type: OfficeLevel, description: 'Offices of this level.' }),
    validOn: t.field({ type: 'Date', description: 'As of this day; at any time when left out.' }),
  }),
});

builder.queryFields((t) => ({
  area: t.field({
    type: AreaRef,
    description: 'One area. Errors: AREA_UNKNOWN, AREA_AMBIGUOUS.',
    args: { key: t.arg({ type: AreaKeyInput, required: true, description: 'Which area.' }) },
    resolve: (_root, { key }, context) => findArea(context, key) as never,
  }),
  areas: t.field({
    type: AreaConnection,
    description: 'Areas of all editions; say `validOn` for those of a day.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: AreaFilter, description: 'Which areas.' }),
      orderBy: t.arg({ type: AreaOrder, defaultValue: 'CODE', description: 'In which order.' }),
    },
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'Area', nodePaths());
      return readAreas(context, {
        list: 'areas',
        order: args.orderBy === 'NAME' ? byName : byCode,
        args,
        where: areaWhere(args.where ?? {}),
        look,
      });
    },
  }),
  areaCorrections: t.field({
    type: AreaCorrectionConnection,
    description:
      'Where the listing that communes and their steps are read from was mended, or could not be.',
    args: {
      ...pageArgs(),
      kind: t.arg({ type: AreaCorrectionKind, description: 'Only these.' }),
    },
    resolve: (_root, args, context, info) =>
      readCorrections(context, {
        list: 'areaCorrections',
        order: correctionOrder,
        args,
        where: args.kind ? { kind: args.kind } : {},
        look: lookAhead(context, info, 'AreaCorrection', nodePaths()),
      }),
  }),
  offices: t.field({
    type: OfficeConnection,
    description: 'Social insurance offices, with the areas that they serve. Errors: AREA_UNKNOWN.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: OfficeFilter, description: 'Which offices.' }),
    },
    resolve: async (_root, args, context, info) =>
      readOffices(context, {
        list: 'offices',
        order: officeOrder,
        args,
        where: await officeWhere(context, args.where ?? {}),
        look: lookAhead(context, info, 'Office', nodePaths()),
      }),
  }),
}));
