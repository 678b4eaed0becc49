/** What the columns of a file mean, for programs: dataflows, structures and code lists in the shape of SDMX-JSON 2.0. */
import { formatInstant } from '../platform/scalars.ts';
import type { Column, FileFigure } from './sdmx-column.ts';
import { figureColumns } from './sdmx-columns.ts';
import { maintenanceAgency, notApplicable, structureVersion } from './sdmx-csv.ts';

export interface StructureCode {
  readonly code: string;
  readonly nameEn: string;
  readonly nameVi: string | null;
}

export interface StructureList {
  readonly id: string;
  readonly codes: readonly StructureCode[];
}

interface Names {
  readonly name: string;
  readonly names: { readonly en: string; readonly vi?: string };
}

const named = (en: string, vi: string | null): Names => ({
  name: en,
  names: { en, ...(vi === null ? {} : { vi }) },
});

const artefact = (id: string) => ({ id, agencyID: maintenanceAgency, version: structureVersion });

const urn = (kind: string, id: string) =>
  `urn:sdmx:org.sdmx.infomodel.${kind}=${maintenanceAgency}:${id}(${structureVersion})`;

/** Code lists of SDMX have their prefix already. */
const listId = (id: string) => (id.startsWith('CL_') ? id : `CL_${id}`);

/** In dimensions only, beside the codes of their list. */
const general: readonly StructureCode[] = [
  { code: '_T', nameEn: 'Total', nameVi: 'Tổng số' },
  { code: notApplicable, nameEn: 'Not applicable', nameVi: 'Không áp dụng' },
];

const conceptUrn = (id: string) => `${urn('conceptscheme.Concept', 'CONCEPTS')}.${id}`;

/** How the rows of a dataflow are built. */
export interface Structure<Row extends FileFigure = FileFigure> {
  readonly id: string;
  readonly nameEn: string;
  readonly nameVi: string;
  readonly columns: readonly Column<Row>[];
  /** Code lists of its columns that the register does not keep. */
  readonly lists?: readonly StructureList[];
  /** The same without time, for figures whose source states no period; null where all have one. */
  readonly undated: { readonly nameEn: string; readonly nameVi: string } | null;
}

export const figureStructure: Structure = {
  id: 'FIGURE',
  nameEn: 'Figure',
  nameVi: 'Số liệu',
  columns: figureColumns,
  undated: {
    nameEn: 'Figure whose source states no period',
    nameVi: 'Số liệu mà nguồn không nêu kỳ',
  },
};

type AnyColumn = Omit<Column, 'read'>;

function component(column: AnyColumn) {
  const { id, list, textType = 'String', pattern, isList } = column;
  return {
    id,
    conceptIdentity: conceptUrn(id),
    localRepresentation: {
      ...(list === null
        ? { format: { dataType: textType, ...(pattern ? { pattern } : {}) } }
        : { enumeration: urn('codelist.Codelist', listId(list)) }),
      ...(isList ? { minOccurs: 0, maxOccurs: 'unbounded' } : {}),
    },
  };
}

function dataStructure(
  id: string,
  { nameEn, nameVi }: Pick<Structure, 'nameEn' | 'nameVi'>,
  columns: readonly AnyColumn[],
) {
  const of = (kind: Column['kind']) => columns.filter((column) => column.kind === kind);
  const times = of('TIME').map(component);
  const dimensions = of('DIMENSION').map((column, position) => ({
    ...component(column),
    position,
  }));
  return {
    ...artefact(id),
    ...named(nameEn, nameVi),
    dataStructureComponents: {
      dimensionList: {
        id: 'DimensionDescriptor',
        dimensions,
        ...(times[0] ? { timeDimension: times[0] } : {}),
      },
      measureList: { id: 'MeasureDescriptor', measures: of('MEASURE').map(component) },
      attributeList: {
        id: 'AttributeDescriptor',
        attributes: of('ATTRIBUTE').map((column) => ({
          ...component(column),
          attributeRelationship: { observation: {} },
        })),
      },
    },
  };
}

const flow = (id: string, structureOf: string, nameEn: string, nameVi: string) => ({
  ...artefact(id),
  ...named(nameEn, nameVi),
  structure: urn('datastructure.DataStructure', structureOf),
});

function codelist({ id, codes }: StructureList, isOfDimension: boolean) {
  const known = new Set(codes.map(({ code }) => code));
  const all = [...codes, ...(isOfDimension ? general.filter(({ code }) => !known.has(code)) : [])];
  return {
    ...artefact(listId(id)),
    ...named(id, null),
    codes: all.map(({ code, nameEn, nameVi }) => ({ id: code, ...named(nameEn, nameVi) })),
  };
}

const columnsOf = (structures: readonly Pick<Structure, 'columns'>[]): readonly AnyColumn[] =>
  structures.flatMap(({ columns }): readonly AnyColumn[] => columns);

/** The names of the lists that the columns use. */
export const listsOf = (
  ...structures: readonly Pick<Structure, 'columns'>[]
): readonly string[] => [
  ...new Set(columnsOf(structures).flatMap(({ list }) => (list === null ? [] : [list]))),
];

export const listsUsed = listsOf(figureStructure);

export interface Dataflow {
  readonly id: string;
  readonly nameEn: string;
  readonly nameVi: string;
  /** That of figures when left out. */
  readonly structure?: Structure;
}

function flowsOf({ id, nameEn, nameVi, structure = figureStructure }: Dataflow) {
  const dated = flow(id, structure.id, nameEn, nameVi);
  if (!structure.undated) return [dated];
  const timeless = [`${nameEn}; no period stated`, `${nameVi}; không nêu kỳ`] as const;
  return [dated, flow(`${id}_UNDATED`, `${structure.id}_UNDATED`, ...timeless)];
}

function structuresOf({ undated, ...structure }: Structure) {
  const { id, columns } = structure;
  const dated = dataStructure(id, structure, columns);
  if (!undated) return [dated];
  const timeless = columns.filter(({ kind }) => kind !== 'TIME');
  return [dated, dataStructure(`${id}_UNDATED`, undated, timeless)];
}

/** Each once: components of one id mean the same in all structures. */
const byId = <One extends { readonly id: string }>(all: readonly One[]): One[] =>
  [...new Map(all.toReversed().map((one) => [one.id, one])).values()].toReversed();

export function structureMessage(
  flows: readonly Dataflow[],
  lists: readonly StructureList[],
  prepared: Date,
): object {
  const structures = byId(flows.map(({ structure = figureStructure }) => structure));
  const columns = columnsOf(structures);
  const ofDimensions = new Set(
    columns.flatMap(({ kind, list }) => (kind === 'DIMENSION' && list ? [list] : [])),
  );
  return {
    meta: {
      schema:
        'https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json',
      id: 'LIENTHONG_STRUCTURES',
      prepared: formatInstant(prepared),
      sender: { id: maintenanceAgency },
      contentLanguages: ['en', 'vi'],
    },
    data: {
      dataflows: flows.flatMap(flowsOf),
      dataStructures: structures.flatMap(structuresOf),
      conceptSchemes: [
        {
          ...artefact('CONCEPTS'),
          ...named('Concepts', 'Khái niệm'),
          concepts: byId(columns).map(({ id, nameEn, nameVi }) => ({
            id,
            ...named(nameEn, nameVi),
          })),
        },
      ],
      codelists: lists.map((list) => codelist(list, ofDimensions.has(list.id))),
    },
  };
}
