/** A column of a file of figures: what it is in the structure, and what it reads of a row. Pure. */
import { formatInstant } from '../platform/scalars.ts';
import type { Figure } from './figure.ts';

/** A figure of any kind as a row of a file; what a kind has not is left out. */
export interface FileFigure extends Omit<Figure, 'area' | 'source'> {
  readonly sourceId?: string | null;
  readonly source?: { readonly id: string } | null;
  readonly sex?: string;
  readonly residence?: string;
  readonly breakdown?: string;
  readonly domain?: string;
  readonly contributorId?: string;
  readonly releaseId?: string | null;
  readonly knownFrom?: Date;
  readonly comment?: string | null;
}

export interface Column<Row extends FileFigure = FileFigure> {
  readonly id: string;
  readonly kind: 'DIMENSION' | 'TIME' | 'MEASURE' | 'ATTRIBUTE';
  readonly nameEn: string;
  readonly nameVi: string;
  /** The code list of its values; null where they are no codes. */
  readonly list: string | null;
  /** SDMX data type of what is no code. */
  readonly textType?:
    'String' | 'Decimal' | 'Integer' | 'DateTime' | 'Boolean' | 'ObservationalTimePeriod';
  readonly pattern?: string;
  /** Several values, separated by `;`. */
  readonly isList?: true;
  read(row: Row): string | null;
}

export const instant = (moment: Date | null | undefined): string | null =>
  moment ? formatInstant(moment) : null;

type TextType = NonNullable<Column['textType']>;
type Read<Row extends FileFigure> = Column<Row>['read'];

/** An attribute whose values are codes of a list. */
export const coded = <Row extends FileFigure = FileFigure>(
  id: string,
  list: string,
  nameEn: string,
  nameVi: string,
  read: Read<Row>,
): Column<Row> => ({ id, kind: 'ATTRIBUTE', nameEn, nameVi, list, read });

/** An attribute of another kind. */
export const plain = <Row extends FileFigure = FileFigure>(
  id: string,
  textType: TextType,
  nameEn: string,
  nameVi: string,
  read: Read<Row>,
): Column<Row> => ({ id, kind: 'ATTRIBUTE', nameEn, nameVi, list: null, textType, read });
