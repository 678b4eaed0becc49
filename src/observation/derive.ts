/** Figures computed from figures: exact, and never less restrictive than what they come from. Pure. */
import { Decimal } from 'decimal.js';
import { absentStatuses, isAbsent, toDecimal, type DerivedReason, type Figure } from './figure.ts';

/** A figure that the gateway computed, with its inputs. */
export interface DerivedFigure extends Figure {
  readonly derived: true;
  readonly derivedFrom: readonly Figure[];
  /** The arithmetic, in the figures' own numbers. */
  readonly formula: string;
  readonly derivedReason: DerivedReason | null;
}

/** Digits to which ratios are rounded, half up, once. */
export const ratioDecimals = 2;

/**
 * From least to most restrictive. A derived figure takes the last of its inputs' statuses, so that
 * deriving is associative, commutative and never opens anything.
 */
const statusOrder = [
  'A',
  'N',
  'S',
  'D',
  'I',
  'G',
  'F',
  'E',
  'P',
  'V',
  'J',
  'K',
  'W',
  'B',
  'U',
  'H',
  'M',
  'L',
  'O',
  'Q',
];
const confOrder = ['F', 'E', 'N', 'C', 'S', 'D', 'M', 'G', 'T', 'O', 'A'];

function strictest(order: readonly string[], codes: readonly string[]): string {
  const ranks = codes.map((code) => order.indexOf(code));
  // An unknown code is treated as the strictest there is.
  if (ranks.includes(-1)) return order.at(-1) ?? '';
  return order[Math.max(0, ...ranks)] ?? '';
}

const isKnownStatus = (status: string) => statusOrder.includes(status);

/** The latest instant of all; null where one of them is not published at all. */
function latest(inputs: readonly Figure[]): Date | null {
  const instants = inputs.map(({ publishedAt }) => publishedAt?.getTime() ?? null);
  const known = instants.filter((instant) => instant !== null);
  return known.length === instants.length ? new Date(Math.max(...known)) : null;
}

/** Inputs whose numbers may not be used, and why. */
function obstacle(inputs: readonly Figure[]): DerivedReason | null {
  // A number that stands beside a status of absence, or an unknown one, is not to be used either.
  const isUsable = (input: Figure) =>
    toDecimal(input) !== null && !isAbsent(input.obsStatus) && isKnownStatus(input.obsStatus);
  if (!inputs.every(isUsable)) return 'INPUT_ABSENT';
  if (inputs.some((input) => input.obsStatus === 'U')) return 'INPUT_UNRELIABLE';
  return null;
}

/** A missing value needs a status of absence; an input that may not be used counts as a missing one. */
function absentStatus(statuses: readonly string[]): string {
  const known: readonly string[] = absentStatuses;
  const absent = statuses
    .map((status) => (isKnownStatus(status) ? status : (statusOrder.at(-1) ?? '')))
    .map((status) => (status === 'U' ? 'O' : status))
    .filter((status) => known.includes(status));
  return absent.length > 0 ? strictest(statusOrder, absent) : 'O';
}

interface Derivation {
  /** Null where the unit says what is counted. */
  readonly indicator: string | null;
  readonly unit: string;
  readonly decimals: number;
  readonly denominator: string | null;
  readonly inputs: readonly [Figure, ...Figure[]];
  /** Why it may not be computed, whatever the inputs are. */
  readonly refused?: DerivedReason | null;
  /** A status of its own, such as E for an estimate: the strictest counts. */
  readonly mark?: string | null;
  /** Computes from the inputs' numbers; null where the base is zero. */
  compute(numbers: readonly Decimal[]): Decimal | null;
  formula(numbers: readonly string[]): string;
}

export function derive(derivation: Derivation): DerivedFigure {
  const { inputs, decimals } = derivation;
  const [first] = inputs;
  const blocked = derivation.refused ?? obstacle(inputs);
  const numbers = inputs.map((input) => toDecimal(input) ?? new Decimal(0));
  const computed = blocked ? null : derivation.compute(numbers);
  const value = computed?.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP) ?? null;
  const statuses = inputs.map((input) => input.obsStatus);
  const marked = derivation.mark ? [...statuses, derivation.mark] : statuses;
  const sources = new Set(inputs.map((input) => input.source?.id));
  return {
    derived: true,
    figureId: null,
    areaId: first.areaId,
    area: first.area,
    indicator: derivation.indicator,
    baseIndicator: first.indicator,
    scheme: first.scheme,
    schemeComponents: first.schemeComponents,
    participantGroup: first.participantGroup,
    timePeriod: first.timePeriod,
    periodBasis: first.periodBasis,
    value,
    decimals: value === null ? null : decimals,
    unit: derivation.unit,
    denominator: derivation.denominator,
    qualifier: null,
    obsStatus: value === null ? absentStatus(statuses) : strictest(statusOrder, marked),
    confStatus: strictest(
      confOrder,
      inputs.map((input) => input.confStatus),
    ),
    publishedAt: latest(inputs),
    source: sources.size === 1 ? first.source : null,
    locator: [...new Set(inputs.map((input) => input.locator))].join('; '),
    derivedFrom: inputs,
    derivedReason: blocked ?? (value === null ? 'BASE_ZERO' : null),
    formula:
      value === null
        ? ''
        : derivation
            .formula(numbers.map((n) => n.toFixed()))
            .concat(` = ${value.toFixed(decimals)}`),
  };
}

/** part / whole as a percentage. */
export function ratio(
  indicator: string,
  denominator: string,
  part: Figure,
  whole: Figure,
): DerivedFigure {
  return derive({
    indicator,
    unit: 'PERCENT',
    decimals: ratioDecimals,
    denominator,
    inputs: [part, whole],
    compute: ([a, b]) => (a && b && !b.isZero() ? a.div(b).times(100) : null),
    formula: ([a, b]) => `${a} / ${b} * 100`,
  });
}

/** now - before, in the figures' own unit. */
export function difference(now: Figure, before: Figure): DerivedFigure {
  return derive({
    indicator: 'CHANGE_ABS',
    unit: now.unit ?? '',
    decimals: Math.max(now.decimals ?? 0, before.decimals ?? 0),
    denominator: 'PREVIOUS_PERIOD',
    inputs: [now, before],
    compute: ([a, b]) => (a && b ? a.minus(b) : null),
    formula: ([a, b]) => `${a} - ${b}`,
  });
}

/** (now / before - 1) as a percentage. */
export function relativeChange(now: Figure, before: Figure): DerivedFigure {
  return derive({
    indicator: 'CHANGE_PCT',
    unit: 'PERCENT',
    decimals: ratioDecimals,
    denominator: 'PREVIOUS_PERIOD',
    inputs: [now, before],
    compute: ([a, b]) => (a && b && !b.isZero() ? a.div(b).minus(1).times(100) : null),
    formula: ([a, b]) => `(${a} / ${b} - 1) * 100`,
  });
}

/** What all figures say alike; null where they differ. */
function common<T>(inputs: readonly Figure[], read: (figure: Figure) => T): T | null {
  const [first, ...others] = inputs.map(read);
  return first !== undefined && others.every((value) => value === first) ? first : null;
}

/**
 * All of them added, in their own unit; `refused` says why they may not be. What they do not have in
 * common, the sum does not say.
 */
export function sum(
  inputs: readonly [Figure, ...Figure[]],
  options: Pick<Derivation, 'refused' | 'mark'> = {},
): DerivedFigure {
  const [first] = inputs;
  const unit = common(inputs, (input) => input.unit);
  // Different units are a mistake of the program, not of the data.
  if (unit === null) throw new Error('Only figures of one unit can be added.');
  const isOnePeriod = inputs.every((input) => input.timePeriod === first.timePeriod);
  return {
    ...derive({
      indicator: common(inputs, (input) => input.indicator),
      unit,
      decimals: Math.max(...inputs.map((input) => input.decimals ?? 0)),
      denominator: null,
      inputs,
      ...options,
      compute: (numbers) => numbers.reduce((total, number) => total.plus(number)),
      formula: (numbers) => numbers.join(' + '),
    }),
    baseIndicator: null,
    scheme: common(inputs, (input) => input.scheme),
    participantGroup: common(inputs, (input) => input.participantGroup),
    timePeriod: isOnePeriod ? first.timePeriod : null,
    periodBasis: isOnePeriod ? first.periodBasis : 'NOT_STATED',
  };
}
