/** Territory in the schema: areas with their tree and their history. */
import { builder } from '../platform/builder.ts';
import { boundedFirst, defineConnection } from '../platform/connection.ts';
import { childrenMax, childrenOf, parentOf } from './data.ts';
import { OfficeRef } from './office.ts';

export const AreaKind = builder.enumType('AreaKind', {
  description: 'What an area is. Only the kinds of the register are units of administration.',
  values: {
    COUNTRY: { description: 'Viet Nam.' },
    REGION: { description: 'A statistical region; no unit of administration.' },
    PROVINCE: { description: 'A province (tỉnh).' },
    CITY: { description: 'A city of provincial rank (thành phố trực thuộc trung ương).' },
    COMMUNE: { description: 'A commune (xã).' },
    WARD: { description: 'A ward (phường).' },
    SPECIAL_ZONE: { description: 'A special zone (đặc khu).' },
    TOWNSHIP: { description: 'A township (thị trấn), until June 2025.' },
    DISTRICT: { description: 'A rural district (huyện), until June 2025.' },
    URBAN_DISTRICT: { description: 'An urban district (quận), until June 2025.' },
    TOWN: { description: 'A town of district rank (thị xã), until June 2025.' },
    PROVINCIAL_CITY: { description: 'A city of district rank (thành phố), until June 2025.' },
    OFFICE_CLUSTER: { description: 'The communes that one insurance office serves; no unit.' },
    DISTRICT_COLLECTIVE: { description: 'All districts of an old province together; no unit.' },
  } as const,
});

export const AreaKeyInput = builder.inputType('AreaKey', {
  description:
    'Names an area. Communes kept or reused codes in the reform of 1 July 2025 and seven province codes changed their meaning, so a code that is not unique needs its vintage.',
  fields: (t) => ({
    code: t.string({
      required: true,
      description: 'The code of the register, such as "11", or a project code, such as "VN-DB".',
    }),
    vintage: t.string({
      description:
        'The edition of the register that first lists the area: 2025-06, 2025-07, 2026-04.',
    }),
  }),
});

export const AreaRef = builder.prismaNode('Area', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'An area in one edition of the register: valid for a time, with predecessors and successors. Source: Decision 19/2025/QĐ-TTg, Resolutions 202/2025/QH15 and 30/2026/QH16.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'The code; unique only together with the vintage.',
    }),
    vintage: t.exposeString('vintage', {
      description: 'The edition that first lists the area: 2025-06, 2025-07 or 2026-04.',
    }),
    kind: t.field({ type: AreaKind, description: 'What it is.', resolve: (a) => a.kind as never }),
    nameVi: t.exposeString('nameVi', { description: 'The Vietnamese name, without its kind.' }),
    nameEn: t.exposeString('nameEn', {
      nullable: true,
      description: 'The name in English or without tone marks; null where none is recorded.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'A remark.' }),
    alias: t.exposeString('alias', {
      nullable: true,
      description: 'The project code under which the reported figures name the area.',
    }),
    externalRef: t.exposeString('externalRef', {
      nullable: true,
      description: 'Its code in other systems.',
    }),
    correction: t.exposeString('correction', {
      nullable: true,
      description: 'What was corrected against the package that the row comes from, and why.',
    }),
    validFrom: t.expose('validFrom', {
      type: 'Date',
      nullable: true,
      description: 'First day; null when before the first edition.',
    }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day; null while it is valid.',
    }),
    province: t.relation('province', {
      nullable: true,
      description: 'The province that contains all of it; null for the country and for regions.',
    }),
    parent: t.field({
      type: 'Area' as never,
      nullable: true,
      args: {
        on: t.arg({
          type: 'Date',
          description: 'On this day; the last day of its life when left out.',
        }),
      },
      description: 'The unit above.',
      resolve: (area, { on }, context) => parentOf(context, area, on ?? null) as never,
    }),
    children: t.field({
      type: ['Area' as never],
      args: {
        first: t.arg.int({
          // In the schema, so that the limit on rows counts with it.
          defaultValue: childrenMax,
          description: `How many: 1 to ${childrenMax}. Else FIRST_OUT_OF_BOUNDS.`,
        }),
        on: t.arg({
          type: 'Date',
          description: 'On this day; at any time of its life when left out.',
        }),
      },
      description: 'The units right below, by code. For pages use `areas(where: { parentCode })`.',
      resolve: (area, { first, on }, context) =>
        childrenOf(context, area, {
          take: boundedFirst(first ?? childrenMax, childrenMax),
          on: on ?? null,
        }) as never,
    }),
    members: t.field({
      type: ['Area' as never],
      description:
        'For a district, a cluster, a region or a collective: the areas that it consists of, as recorded.',
      select: (_args, _context, nested) => ({
        members: { orderBy: { memberId: 'asc' }, select: { member: nested() } },
      }),
      resolve: (area) => area.members.map(({ member }) => member) as never,
    }),
    groups: t.field({
      type: ['Area' as never],
      description: 'What it is a member of: the district until June 2025, a cluster, a region.',
      select: (_args, _context, nested) => ({
        groups: { orderBy: { groupId: 'asc' }, select: { group: nested() } },
      }),
      resolve: (area) => area.groups.map(({ group }) => group) as never,
    }),
    predecessors: t.relation('predecessors', {
      query: { orderBy: { predecessorId: 'asc' } },
      description: 'What it was made of.',
    }),
    successors: t.relation('successors', {
      query: { orderBy: { successorId: 'asc' } },
      description: 'What became of it.',
    }),
    offices: t.field({
      type: [OfficeRef],
      description: 'The social insurance offices that serve it.',
      select: (_args, _context, nested) => ({
        offices: { orderBy: { officeId: 'asc' }, select: { office: nested() } },
      }),
      resolve: (area) => area.offices.map(({ office }) => office) as never,
    }),
  }),
});

const SuccessionKind = builder.enumType('SuccessionKind', {
  description: 'What a reform did.',
  values: {
    CONTINUED: { description: 'The unit went on alone, unchanged in extent.' },
    MERGED: { description: 'It became part of a larger unit.' },
    SPLIT: { description: 'Parts of it went to several units; each is a step of its own.' },
    RENAMED: { description: 'It is listed alone, under another name.' },
    KIND_CHANGED: { description: 'It is listed alone, as a unit of another kind.' },
  } as const,
});

builder.prismaObject('AreaSuccession', {
  description: 'One step of a reform, from one area to another.',
  fields: (t) => ({
    predecessor: t.relation('predecessor', { description: 'Before.' }),
    successor: t.relation('successor', { description: 'After.' }),
    effectiveOn: t.expose('effectiveOn', {
      type: 'Date',
      description: 'First day of the successor.',
    }),
    kind: t.field({
      type: SuccessionKind,
      description: 'What the step did.',
      resolve: (s) => s.kind as never,
    }),
    exact: t.exposeBoolean('exact', {
      description:
        'True where it is proven that the whole predecessor went to this one successor. Between communes only where the listing shows a unit alone on both sides, with code, kind and name kept.',
    }),
    basis: t.exposeString('basis', {
      description: 'The legal act; between communes the listing that names the step.',
    }),
  }),
});

export const AreaConnection = defineConnection('Area', AreaRef as never);
