/** A cell of a release: what it is a figure of, by a key that is the same in every release. Pure. */
import type { CellKind } from '../disclosure/table.ts';

export interface CellPlace {
  readonly indicator: string;
  readonly areaId: string;
  readonly scheme: string | null;
  readonly participantGroup: string | null;
  /** `dimension=code` pairs joined by semicolons; empty for the whole. */
  readonly breakdown: string;
  /** SDMX TIME_PERIOD; a day for a stock, a month for a flow. */
  readonly timePeriod: string;
}

/**
 * Who attacks: everybody, or the press and all unions together, which also know the rows of employers that
 * unions read.
 */
export const audiences = ['PUBLIC', 'COALITION'] as const;
export type Audience = (typeof audiences)[number];

/** What an audience knows of a cell at least and at most, and how far it must be kept from the value. */
export interface Sight {
  readonly lower?: bigint;
  /** Of a count, how many there are who may be counted; of an amount 0, where there is nobody. */
  readonly upper?: bigint;
  readonly required?: { readonly lower: bigint; readonly upper: bigint };
}
export type Sights = Partial<Readonly<Record<Audience, Sight>>>;

export interface SourceCell extends CellPlace {
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly unit: string;
  readonly kind: CellKind;
  /** Whole persons, units or dong. */
  readonly value: bigint;
  /** What each audience knows that it is at most. */
  readonly upper?: Partial<Readonly<Record<Audience, bigint>>>;
  /** Not published, but part of sums that are. */
  readonly isInner?: boolean;
}

/** Where an employer is, what it does and whose it is stands in the business register. */
export const isOfRegister = ({ participantGroup }: CellPlace): boolean =>
  participantGroup === 'EMPLOYERS';

export function cellKey(place: CellPlace): string {
  const { indicator, areaId, scheme, participantGroup, breakdown, timePeriod } = place;
  return [indicator, areaId, scheme ?? '', participantGroup ?? '', breakdown, timePeriod].join('|');
}

export function placeOf(key: string): CellPlace {
  const [indicator = '', areaId = '', scheme = '', group = '', breakdown = '', timePeriod = ''] =
    key.split('|');
  return {
    indicator,
    areaId,
    scheme: scheme || null,
    participantGroup: group || null,
    breakdown,
    timePeriod,
  };
}
