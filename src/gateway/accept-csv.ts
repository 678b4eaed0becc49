/** Which form of a file the Accept header asks for: SDMX-CSV 2.0 with its parameters, plain CSV, or a page. Pure. */
import { PublicError } from '../platform/errors.ts';
import {
  keyChoices,
  type AcceptedFile,
  type KeyChoice,
  type TableKind,
} from '../platform/table-export.ts';

const sdmxType = 'application/vnd.sdmx.data+csv';
const csvType = 'text/csv; charset=utf-8; header=present';
const plainTypes = new Set(['text/csv', 'text/*', '*/*', 'application/*', '']);

interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

function parseRange(text: string): Range {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map(
    rest.map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=');
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
    }),
  );
  const quality = Number(parameters.get('q') ?? 1);
  return { type: type.toLowerCase(), parameters, quality: Number.isNaN(quality) ? 1 : quality };
}

/** Null where the range asks for what there is not: names instead of codes, or another version. */
function fileOf({ type, parameters }: Range): AcceptedFile | null {
  if (plainTypes.has(type)) {
    const isPlain = type === 'text/csv' || type === 'text/*';
    const contentType = isPlain ? csvType : sdmxContent('none');
    return { contentType, isPage: false, keys: 'none' };
  }
  // The field guide writes both.
  const keys = parameters.get('keys') ?? parameters.get('key') ?? 'none';
  const isKnown = (choice: string): choice is KeyChoice =>
    (keyChoices as readonly string[]).includes(choice);
  const fits =
    type === sdmxType &&
    (parameters.get('version') ?? '2.0.0') === '2.0.0' &&
    (parameters.get('labels') ?? 'id') === 'id' &&
    (parameters.get('timeformat') ?? 'original') === 'original';
  return fits && isKnown(keys) ? { contentType: sdmxContent(keys), isPage: false, keys } : null;
}

/** A table that is none of figures: whoever does not say gets a file to read in. */
function plainFileOf({ type }: Range): AcceptedFile | null {
  if (type === 'text/html') {
    return { contentType: 'text/html; charset=utf-8', isPage: true, keys: 'none' };
  }
  const isCsv = ['text/csv', 'text/*', '*/*', ''].includes(type);
  return isCsv ? { contentType: csvType, isPage: false, keys: 'none' } : null;
}

const sdmxContent = (keys: KeyChoice): string =>
  `${sdmxType}; version=2.0.0; labels=id${keys === 'none' ? '' : `; keys=${keys}`}; charset=utf-8`;

/** The most wanted form that there is; throws NOT_ACCEPTABLE when there is none. */
export function acceptedFile(accept: string | null, kind: TableKind = 'FIGURES'): AcceptedFile {
  const read = kind === 'FIGURES' ? fileOf : plainFileOf;
  const ranges = (accept ?? '').split(',').map(parseRange);
  const wanted = ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  for (const range of wanted) {
    const file = read(range);
    if (file) return file;
  }
  throw new PublicError('NOT_ACCEPTABLE');
}
