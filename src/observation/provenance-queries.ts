/** Asking for provenance: sources, instruments, code lists and conflicts. */
import { findArea } from '../area/data.ts';
import { AreaKeyInput } from '../area/types.ts';
import { builder } from '../platform/builder.ts';
import { byCode, nodePaths, pageArgs } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { assertCodes } from './data.ts';
import './mappings.ts';
import {
  findCodeList,
  readCodeLists,
  readConflicts,
  readInstruments,
  readSources,
} from './provenance-data.ts';
import {
  CodeListConnection,
  CodeListRef,
  ConflictConnection,
  InstrumentConnection,
  SourceConnection,
} from './provenance.ts';

const ConflictFilter = builder.inputType('ConflictFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    area: t.field({ type: AreaKeyInput, description: 'About exactly this area.' }),
    kind: t.string({ description: 'List CONFLICT_KIND.' }),
    certainty: t.string({ description: 'List CERTAINTY.' }),
    rowId: t.string({ description: 'That mark the row of this id.' }),
    sourceId: t.string({ description: 'In the source of this code.' }),
  }),
});

builder.queryFields((t) => ({
  conflicts: t.field({
    type: ConflictConnection,
    description: 'Contradictions and unclear points of figures whose topics the caller may read.',
    args: {
      ...pageArgs(),
      where: t.arg({ type: ConflictFilter, description: 'Which conflicts.' }),
    },
    resolve: async (_root, args, context, info) => {
      const { area: key, kind, certainty, rowId, sourceId } = args.where ?? {};
      await assertCodes(context, { CONFLICT_KIND: kind, CERTAINTY: certainty });
      const area = key ? await findArea(context, key) : null;
      const look = lookAhead(context, info, 'Conflict', nodePaths());
      return readConflicts(context, {
        list: 'conflicts',
        order: byCode(),
        args,
        where: {
          ...(area ? { areaId: area.id } : {}),
          ...(kind ? { kind } : {}),
          ...(certainty ? { certainty } : {}),
          ...(rowId ? { rows: { some: { rowId } } } : {}),
          ...(sourceId ? { sourceIds: { has: sourceId } } : {}),
        },
        look,
      });
    },
  }),
  sources: t.field({
    type: SourceConnection,
    description: 'The documents that figures were taken from.',
    args: pageArgs(),
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'Source', nodePaths());
      return readSources(context, {
        list: 'sources',
        order: byCode(),
        args,
        where: {},
        look,
      });
    },
  }),
  instruments: t.field({
    type: InstrumentConnection,
    description: 'Laws, resolutions, decisions and contracts that the sources name.',
    args: {
      ...pageArgs(),
      kind: t.arg.string({ description: 'List LEGAL_INSTRUMENT_KIND. Else CODE_UNKNOWN.' }),
    },
    resolve: async (_root, args, context, info) => {
      await assertCodes(context, { LEGAL_INSTRUMENT_KIND: args.kind });
      const look = lookAhead(context, info, 'Instrument', nodePaths());
      return readInstruments(context, {
        list: 'instruments',
        order: byCode(),
        args,
        where: args.kind ? { kind: args.kind } : {},
        look,
      });
    },
  }),
  codeLists: t.field({
    type: CodeListConnection,
    description: 'All code lists.',
    args: pageArgs(),
    resolve: (_root, args, context, info) => {
      const look = lookAhead(context, info, 'CodeList', nodePaths());
      return readCodeLists(context, {
        list: 'codeLists',
        order: byCode(),
        args,
        where: {},
        look,
      });
    },
  }),
  codeList: t.prismaField({
    type: CodeListRef,
    nullable: true,
    description: 'One code list; null when there is none of that name.',
    args: { id: t.arg.string({ required: true, description: 'Its name, such as INDICATOR.' }) },
    resolve: (query, _root, { id }, context) => findCodeList(context, id, query),
  }),
}));
