/** The rules by which a release is protected, as its provider gives them. Pure. */
import { thresholdDefault, type PrimaryRules } from '../disclosure/primary.ts';
import type { MoneyRule } from '../disclosure/money-rule.ts';
import { PublicError } from '../platform/errors.ts';

export interface RulesInput {
  readonly threshold?: number | null | undefined;
  readonly pPercent?: number | null | undefined;
  readonly dominance?: { readonly n: number; readonly k: number } | null | undefined;
}

/** Below three, two persons know each other by subtraction. */
const thresholdMin = 3;
const thresholdMax = 1_000;
const pPercentDefault = 10;

function invalid(field: string, bounds: string): never {
  throw new PublicError('RULE_OUT_OF_BOUNDS', { field, bounds });
}

export function rulesOf({ threshold, pPercent, dominance }: RulesInput): Required<PrimaryRules> {
  const least = threshold ?? thresholdDefault;
  if (least < thresholdMin || least > thresholdMax) {
    invalid('rules.threshold', `${thresholdMin} ... ${thresholdMax}`);
  }
  const p = pPercent ?? pPercentDefault;
  if (!(p > 0 && p <= 1_000)) invalid('rules.pPercent', '> 0 ... 1000');
  const money: MoneyRule[] = [{ rule: 'P_PERCENT', p }];
  if (dominance) {
    const { n, k } = dominance;
    if (n < 1 || n > 10) invalid('rules.dominance.n', '1 ... 10');
    if (!(k > 0 && k < 100)) invalid('rules.dominance.k', '> 0 ... < 100');
    money.push({ rule: 'NK', n, k });
  }
  return { threshold: least, money };
}
