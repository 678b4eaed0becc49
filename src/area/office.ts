/** Offices in the schema: who serves an area, and when. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';

export const OfficeLevel = builder.enumType('OfficeLevel', {
  description: 'The level of a social insurance office.',
  values: {
    NATIONAL: { description: 'The national agency.' },
    PROVINCIAL: { description: 'A provincial agency.' },
    GRASSROOTS: { description: 'A grassroots office, for one or several communes.' },
  } as const,
});

export const OfficeRef = builder.prismaNode('Office', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'A social insurance office. Offices are no areas: one may serve several communes.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    level: t.field({
      type: OfficeLevel,
      description: 'Its level.',
      resolve: (o) => o.level as never,
    }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English name.' }),
    validFrom: t.expose('validFrom', { type: 'Date', description: 'First day.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day, if any.',
    }),
    areas: t.relation('areas', {
      query: { orderBy: [{ validFrom: 'asc' }, { areaId: 'asc' }] },
      description: 'The areas that it serves or served, each with its dates.',
    }),
  }),
});

builder.prismaObject('OfficeArea', {
  description: 'One area of an office, for a time.',
  fields: (t) => ({
    area: t.relation('area', { description: 'The area.' }),
    validFrom: t.expose('validFrom', { type: 'Date', description: 'First day.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day; null while it holds.',
    }),
  }),
});

export const OfficeConnection = defineConnection('Office', OfficeRef as never);
