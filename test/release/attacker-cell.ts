/** How the attacker of the tests names cells, and what it has seen of one. */

/** What one release, or a publication outside releases, says of one cell. */
export interface Fact {
  readonly key: string;
  readonly layer: string;
  readonly unit: string;
  /** Null when suppressed. */
  readonly value: number | null;
  readonly decimals: number;
}

/** indicator|area|scheme|group|breakdown|period */
export type Place = readonly [string, string, string, string, string, string];
export const keyOf = (place: Place) => place.join('|');
export const placeOf = (key: string) => key.split('|') as unknown as Place;
