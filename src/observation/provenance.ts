/** Where figures come from and where they are in doubt: sources, instruments, code lists, conflicts. */
import { builder } from '../platform/builder.ts';
import { boundedFirst, defineConnection } from '../platform/connection.ts';

export const SourceNature = builder.enumType('SourceNature', {
  description: 'Whether a source is a document or a generator.',
  values: {
    REPORTED: { description: 'A published document.' },
    SYNTHETIC: { description: 'Generated for demonstration; never mixed into reported series.' },
  } as const,
});

export const SourceRef = builder.prismaNode('Source', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'A document from which figures were taken.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as figures name it.' }),
    title: t.exposeString('title', { description: 'What it is, in our own words.' }),
    bibliographicTitle: t.exposeString('bibliographicTitle', {
      description: 'Its title as published.',
    }),
    authorOrPublisher: t.exposeString('authorOrPublisher', {
      description: 'Who wrote or published it.',
    }),
    publishedOn: t.exposeString('publishedOn', {
      nullable: true,
      description: 'Its date as printed, a year or a day; null where none is printed.',
    }),
    kind: t.exposeString('kind', { description: 'List SOURCE_KIND.' }),
    nature: t.field({
      type: SourceNature,
      description: 'Document or demonstration.',
      resolve: (source) => source.nature as never,
    }),
    reliabilityNote: t.exposeString('reliabilityNote', {
      nullable: true,
      description: 'How far its figures can be trusted, and why.',
    }),
    area: t.relation('area', { nullable: true, description: 'The area that it is about.' }),
  }),
});

export const InstrumentRef = builder.prismaNode('Instrument', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'A law, resolution, decision, regulation or contract that the sources name.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as other rows name it.' }),
    kind: t.exposeString('kind', { description: 'List LEGAL_INSTRUMENT_KIND.' }),
    number: t.exposeString('number', { nullable: true, description: 'Its number, if printed.' }),
    date: t.exposeString('date', {
      nullable: true,
      description: 'Its date as printed: a year, a month or a day.',
    }),
    issuer: t.exposeString('issuer', {
      nullable: true,
      description: 'Code of the organisation that issued it.',
    }),
    subject: t.exposeString('subject', { nullable: true, description: 'What it is about.' }),
    comment: t.exposeString('comment', { nullable: true, description: 'A remark on the reading.' }),
    sourceCodes: t.exposeStringList('sourceIds', {
      description: 'Codes of the sources that name it.',
    }),
    locator: t.exposeString('locator', { description: 'Where in the sources it stands.' }),
    area: t.relation('area', { nullable: true, description: 'The area that it is about.' }),
  }),
});

export const ConflictRef = builder.prismaNode('Conflict', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'A contradiction, misprint or unclear point. Conflicting figures stand side by side; none is corrected.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as rows name it.' }),
    kind: t.exposeString('kind', { description: 'List CONFLICT_KIND.' }),
    certainty: t.exposeString('certainty', {
      description: 'List CERTAINTY: proven, probable or open.',
    }),
    statement: t.exposeString('statement', { description: 'What is wrong or unclear.' }),
    computedEvidence: t.exposeString('computedEvidence', {
      nullable: true,
      description:
        'Arithmetic on the figures themselves: `expression = result`, joined by semicolons.',
    }),
    externalEvidence: t.exposeString('externalEvidence', {
      nullable: true,
      description: 'What other documents say.',
    }),
    externalUrl: t.exposeString('externalUrl', {
      nullable: true,
      description: 'Where they say it.',
    }),
    handling: t.exposeString('handling', { description: 'How to treat the figures.' }),
    sourceCodes: t.exposeStringList('sourceIds', { description: 'Codes of the sources.' }),
    locator: t.exposeString('locator', { description: 'Where in the sources it stands.' }),
    area: t.relation('area', { nullable: true, description: 'The area that it is about.' }),
    rowIds: t.stringList({
      description: 'Ids of the rows that it marks, of this and other tables.',
      select: { rows: { where: { part: 'MARK' }, orderBy: { position: 'asc' } } },
      resolve: (conflict) => conflict.rows.map((row) => row.rowId),
    }),
    evidenceRowIds: t.stringList({
      description: 'Ids of the rows that only its arithmetic uses.',
      select: { rows: { where: { part: 'EVIDENCE' }, orderBy: { position: 'asc' } } },
      resolve: (conflict) => conflict.rows.map((row) => row.rowId),
    }),
  }),
});

/** The longest list has about 90 codes. */
const codesMax = 500;

builder.prismaObject('Code', {
  description: 'One code with its labels.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The code.' }),
    nameEn: t.exposeString('nameEn', { description: 'The English label.' }),
    nameVi: t.exposeString('nameVi', {
      nullable: true,
      description: 'The Vietnamese label; null where none is certain.',
    }),
    description: t.exposeString('description', { nullable: true, description: 'What it means.' }),
    parentCode: t.exposeString('parentCode', { nullable: true, description: 'The code above it.' }),
    externalRef: t.exposeString('externalRef', {
      nullable: true,
      description: 'The same code in another list.',
    }),
  }),
});

export const CodeListRef = builder.prismaNode('CodeList', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'A closed list of codes with bilingual labels.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its name, such as INDICATOR.' }),
    basis: t.exposeString('basis', { description: 'Where the list comes from.' }),
    codes: t.relation('codes', {
      args: {
        first: t.arg.int({ description: `How many: 1 to ${codesMax}, which is also the default.` }),
      },
      query: ({ first }) => ({
        orderBy: { position: 'asc' },
        take: boundedFirst(first ?? codesMax, codesMax),
      }),
      description: 'The codes in their order.',
    }),
  }),
});

export const SourceConnection = defineConnection('Source', SourceRef as never);
export const InstrumentConnection = defineConnection('Instrument', InstrumentRef as never);
export const ConflictConnection = defineConnection('Conflict', ConflictRef as never);
export const CodeListConnection = defineConnection('CodeList', CodeListRef as never);
