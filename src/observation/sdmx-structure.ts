/** What the columns of a file mean, for programs: dataflows, structures and code lists in the shape of SDMX-JSON 2.0. */
import { formatInstant } from '../platform/scalars.ts';
import { figureColumns, type Column } from './sdmx-columns.ts';
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

function component(column: Column) {
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

function structure(id: string, nameEn: string, nameVi: string, columns: readonly Column[]) {
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

/** The names of the lists that the columns use. */
export const listsUsed: readonly string[] = [
  ...new Set(figureColumns.flatMap(({ list }) => (list === null ? [] : [list]))),
];

export interface Dataflow {
  readonly id: string;
  readonly nameEn: string;
  readonly nameVi: string;
}

export function structureMessage(
  flows: readonly Dataflow[],
  lists: readonly StructureList[],
  prepared: Date,
): object {
  const ofDimensions = new Set(
    figureColumns.flatMap(({ kind, list }) => (kind === 'DIMENSION' && list ? [list] : [])),
  );
  const timeless = figureColumns.filter(({ kind }) => kind !== 'TIME');
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
      dataflows: flows.flatMap(({ id, nameEn, nameVi }) => [
        flow(id, 'FIGURE', nameEn, nameVi),
        flow(
          `${id}_UNDATED`,
          'FIGURE_UNDATED',
          `${nameEn}; no period stated`,
          `${nameVi}; không nêu kỳ`,
        ),
      ]),
      dataStructures: [
        structure('FIGURE', 'Figure', 'Số liệu', figureColumns),
        structure(
          'FIGURE_UNDATED',
          'Figure whose source states no period',
          'Số liệu mà nguồn không nêu kỳ',
          timeless,
        ),
      ],
      conceptSchemes: [
        {
          ...artefact('CONCEPTS'),
          ...named('Concepts', 'Khái niệm'),
          concepts: figureColumns.map(({ id, nameEn, nameVi }) => ({
            id,
            ...named(nameEn, nameVi),
          })),
        },
      ],
      codelists: lists.map((list) => codelist(list, ofDimensions.has(list.id))),
    },
  };
}
