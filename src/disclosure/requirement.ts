/** How far an attacker must be kept from a cell. */

/** Below and above the true value, what an attacker must not be able to exclude. */
export interface Distance {
  readonly lower: bigint;
  readonly upper: bigint;
}

/** A cell and the protection interval that the attack must not get inside of. */
export interface Requirement extends Distance {
  readonly key: string;
}
