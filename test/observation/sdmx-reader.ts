/**
 * A strict reader of SDMX-CSV 2.0 for tests, written from the field guide (sdmx-twg/sdmx-csv) and RFC 4180 and from
 * nothing of ours: it learns the columns from the structure message alone, and refuses what either does not allow.
 */

export interface SdmxComponent {
  readonly id: string;
  readonly kind: 'DIMENSION' | 'TIME' | 'MEASURE' | 'ATTRIBUTE';
  readonly codes: ReadonlySet<string> | null;
  readonly dataType: string | null;
  readonly pattern: RegExp | null;
  readonly isMultiple: boolean;
}

/** RFC 4180, section 2: CRLF ends every record, quotes only around whole fields, inner ones doubled. */
export function readRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error('A quoted field does not end.');
        if (text[at] !== '"') field += text[at] ?? '';
        else if (text[at + 1] === '"') field += text[(at += 1)] ?? '';
        else break;
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\r') {
        if (text[at] === '"' || text[at] === '\n') throw new Error(`A bare quote or LF at ${at}.`);
        field += text[at] ?? '';
        at += 1;
      }
    }
    record.push(field);
    if (text[at] === ',') {
      at += 1;
    } else if (text.slice(at, at + 2) === '\r\n') {
      records.push(record);
      record = [];
      at += 2;
    } else {
      throw new Error(`Neither a comma nor CRLF at ${at}.`);
    }
  }
  if (record.length > 0) throw new Error('The last record does not end.');
  const widths = new Set(records.map(({ length }) => length));
  if (widths.size > 1) throw new Error('The records differ in width.');
  return records;
}

/** Structures by the id of each dataflow, as AGENCY:ID(VERSION). */
export function readStructures(message: any): Map<string, SdmxComponent[]> {
  const urnOf = (kind: string, { agencyID, id, version }: any) =>
    `urn:sdmx:org.sdmx.infomodel.${kind}=${agencyID}:${id}(${version})`;
  const { dataflows, dataStructures, codelists, conceptSchemes } = message.data;
  const lists = new Map<string, Set<string>>(
    codelists.map((list: any) => [
      urnOf('codelist.Codelist', list),
      new Set(list.codes.map(({ id }: { id: string }) => id)),
    ]),
  );
  const concepts = new Set<string>(
    conceptSchemes.flatMap((scheme: any) =>
      scheme.concepts.map(
        ({ id }: { id: string }) => `${urnOf('conceptscheme.Concept', scheme)}.${id}`,
      ),
    ),
  );
  const component =
    (kind: SdmxComponent['kind']) =>
    (found: any): SdmxComponent => {
      if (!concepts.has(found.conceptIdentity)) throw new Error(`${found.id} has no concept.`);
      const { enumeration, format, maxOccurs } = found.localRepresentation;
      if (enumeration && !lists.has(enumeration)) throw new Error(`${found.id} has no code list.`);
      return {
        id: found.id,
        kind,
        codes: enumeration ? (lists.get(enumeration) ?? null) : null,
        dataType: format?.dataType ?? null,
        pattern: format?.pattern ? new RegExp(format.pattern) : null,
        isMultiple: maxOccurs === 'unbounded',
      };
    };
  const structures = new Map<string, SdmxComponent[]>(
    dataStructures.map((structure: any) => {
      const { dimensionList, measureList, attributeList } = structure.dataStructureComponents;
      const { dimensions, timeDimension } = dimensionList;
      return [
        urnOf('datastructure.DataStructure', structure),
        [
          ...dimensions.map(component('DIMENSION')),
          ...(timeDimension ? [timeDimension].map(component('TIME')) : []),
          ...measureList.measures.map(component('MEASURE')),
          ...attributeList.attributes.map(component('ATTRIBUTE')),
        ],
      ];
    }),
  );
  return new Map(
    dataflows.map((flow: any) => {
      const found = structures.get(flow.structure);
      if (!found) throw new Error(`${flow.id} has no structure.`);
      return [`${flow.agencyID}:${flow.id}(${flow.version})`, found];
    }),
  );
}

const dataTypes: Readonly<Record<string, RegExp>> = {
  String: /^[^]*$/,
  Decimal: /^-?(0|[1-9]\d*)(\.\d+)?$/,
  Integer: /^-?(0|[1-9]\d*)$/,
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  Boolean: /^(true|false)$/,
  // Gregorian year, month and day, reporting quarter, and time range (SDMX 3.0, section 6, 4.2.6).
  ObservationalTimePeriod:
    /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?|-Q[1-4])?$|^\d{4}-\d\d-\d\d\/P(\d+Y)?(\d+M)?(\d+D)?$/,
};

function assertValue(component: SdmxComponent, value: string): void {
  const { id, codes, dataType, pattern } = component;
  const type = dataType === null ? null : dataTypes[dataType];
  if (type === undefined) throw new Error(`${id}: unknown data type ${dataType}.`);
  const fits =
    (codes?.has(value) ?? true) && (type?.test(value) ?? true) && (pattern?.test(value) ?? true);
  if (!fits) throw new Error(`${id}: "${value}" does not fit its representation.`);
}

export type SdmxRecord = Readonly<Record<string, string | string[]>>;

/** The observations of a file; a component without a value is left out. */
export function readSdmxCsv(text: string, structures: Map<string, SdmxComponent[]>): SdmxRecord[] {
  const [head = [], ...records] = readRecords(text);
  const first = /^STRUCTURE(\[([^\]])\])?$/.exec(head[0] ?? '');
  if (!first || head[1] !== 'STRUCTURE_ID' || head[2] !== 'ACTION') throw new Error('Bad header.');
  if (new Set(head).size !== head.length) throw new Error('A column stands twice.');
  const separator = first[2] ?? null;
  const keys = head.slice(3, 5).filter((name) => name === 'SERIES_KEY' || name === 'OBS_KEY');
  const columns = head.slice(3 + keys.length);
  const seen = new Set<string>();
  return records.map((record) => {
    const [structure, structureId = '', action = ''] = record;
    if (structure !== 'dataflow') throw new Error(`Structure type ${structure}.`);
    if (!/^[IARD]$/.test(action)) throw new Error(`Action ${action}.`);
    const components = structures.get(structureId);
    if (!components) throw new Error(`Unknown dataflow ${structureId}.`);
    const byColumn = new Map(
      components.map((one) => [one.isMultiple ? `${one.id}[]` : one.id, one]),
    );
    const found: Record<string, string | string[]> = {};
    for (const [i, name] of columns.entries()) {
      const value = record[3 + keys.length + i] ?? '';
      const component = byColumn.get(name);
      if (!component && value !== '') throw new Error(`${name} is not of ${structureId}.`);
      if (!component || value === '') continue;
      const values = component.isMultiple && separator ? value.split(separator) : [value];
      for (const one of values) assertValue(component, one);
      found[component.id] = component.isMultiple ? values : value;
    }
    const ofKey = (withTime: boolean) =>
      components
        .filter(({ kind }) => kind === 'DIMENSION' || (withTime && kind === 'TIME'))
        .map(({ id }) => {
          const value = found[id];
          if (typeof value !== 'string') throw new Error(`An observation without ${id}.`);
          return value;
        })
        .join('.');
    const key = `${structureId} ${ofKey(true)}`;
    if (seen.has(key)) throw new Error(`Two observations of one key: ${key}`);
    seen.add(key);
    for (const [i, name] of keys.entries()) {
      if (record[3 + i] !== ofKey(name === 'OBS_KEY')) throw new Error(`${name} is no key.`);
    }
    return found;
  });
}
