/** Asking for territory: one area by its key, or a list. */
import { lookAhead } from '../platform/look-ahead.ts';
import { builder } from '../platform/builder.ts';
import { nodePaths, pageArgs, type Order } from '../platform/connection.ts';
import type { Area } from '../platform/prisma/client.ts';
import { areaWhere, findArea, readAreas } from './data.ts';
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
}));
