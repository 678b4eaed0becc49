/** What a code is in another list, as far as a source proves it. */
import { builder } from '../platform/builder.ts';
import { byCode, defineConnection, nodePaths, pageArgs } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { readMappings } from './provenance-data.ts';

const MappingRelation = builder.enumType('MappingRelation', {
  description: 'How two codes stand to each other.',
  values: {
    SAME: { description: 'Both mean the same.' },
    PART_OF: { description: 'The first is a part of the second.' },
    COVERED_BY: { description: 'The group belongs to the base of the scheme.' },
    UNMAPPED: { description: 'No source proves a counterpart; the basis says what is missing.' },
  } as const,
});

const MappingRef = builder.prismaNode('CodeMapping', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'What a code is in another list: how reported groups stand to the points of Article 2 of Law 41/2024/QH15 and to the health insurance groups, and which scheme covers which group.',
  fields: (t) => ({
    fromList: t.exposeString('fromList', { description: 'The list of the first code.' }),
    fromCode: t.exposeString('fromCode', { description: 'The first code.' }),
    toList: t.exposeString('toList', {
      nullable: true,
      description: 'The list of its counterpart; null where it has none.',
    }),
    toCode: t.exposeString('toCode', {
      nullable: true,
      description: 'Its counterpart; null where no source proves one.',
    }),
    relation: t.field({
      type: MappingRelation,
      description: 'How they stand to each other.',
      resolve: (row) => row.relation as never,
    }),
    exact: t.exposeBoolean('exact', {
      description:
        'Whether the whole of the first code, in every figure of it, stands so to the second.',
    }),
    instrument: t.exposeString('instrument', {
      nullable: true,
      description: 'The law and article that name them; null where none is named.',
    }),
    basis: t.exposeString('basis', { description: 'What it rests on, or what is missing.' }),
  }),
});

const MappingConnection = defineConnection('CodeMapping', MappingRef as never);

const MappingFilter = builder.inputType('CodeMappingFilter', {
  description: 'All conditions must hold.',
  fields: (t) => ({
    list: t.string({ description: 'Of codes of this list, on the first side.' }),
    code: t.string({ description: 'Of this code, on the first side.' }),
    toList: t.string({ description: 'To codes of this list.' }),
    toCode: t.string({ description: 'To this code.' }),
    relation: t.field({ type: MappingRelation, description: 'Of this relation.' }),
  }),
});

builder.queryField('codeMappings', (t) =>
  t.field({
    type: MappingConnection,
    description:
      'Which code of one list is which of another, as far as a source proves it; what is unmapped is listed, too.',
    args: { ...pageArgs(), where: t.arg({ type: MappingFilter, description: 'Which mappings.' }) },
    resolve: (_root, args, context, info) => {
      const { list, code, toList, toCode, relation } = args.where ?? {};
      return readMappings(context, {
        list: 'codeMappings',
        order: byCode(),
        args,
        where: {
          ...(list ? { fromList: list } : {}),
          ...(code ? { fromCode: code } : {}),
          ...(toList ? { toList } : {}),
          ...(toCode ? { toCode } : {}),
          ...(relation ? { relation } : {}),
        },
        look: lookAhead(context, info, 'CodeMapping', nodePaths()),
      });
    },
  }),
);
