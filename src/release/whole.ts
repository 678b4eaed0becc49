/** The whole protection of a release, and the whole attack on it, as the thread runs them. Pure. */
import { attack } from '../disclosure/attack.ts';
import { propagate } from '../disclosure/intervals.ts';
import {
  judgePrimary,
  thresholdDefault,
  withRequirements,
  type Primary,
  type PrimaryRules,
} from '../disclosure/primary.ts';
import { protect, type ProtectionStep } from '../disclosure/protect.ts';
import { indexFamily } from '../disclosure/table.ts';
import { audiences } from './cell.ts';
import { decide, hiddenIn, suppressedIn, type Decision } from './decisions.ts';
import type { Hierarchies, Layer } from './family.ts';
import {
  audiencesOf,
  prepare,
  prepareAttack,
  type Prepared,
  type Protection,
  type SourceTable,
} from './prepared.ts';
import { pairedZeros, toldZeros } from './twins.ts';

export type Report = (step: ProtectionStep, done: number, of: number) => void;

export interface ProtectInput {
  readonly source: SourceTable;
  /** Other releases, and what is published outside releases. */
  readonly known: readonly Layer[];
  readonly hierarchies: Hierarchies;
  readonly rules: PrimaryRules;
}

export interface AttackInput {
  /** What is known, the decided release last. */
  readonly layers: readonly Layer[];
  readonly hierarchies: Hierarchies;
  readonly rules: PrimaryRules;
}

/** The rules' verdicts, those of the family beside them, and what other releases require. */
function judge({ family, contributions, unsafe, linked }: Prepared, rules: PrimaryRules): Primary {
  const primary = judgePrimary(family, rules, contributions);
  const findings = new Map(primary.findings);
  for (const [key, finding] of unsafe) findings.set(key, [...(findings.get(key) ?? []), finding]);
  return withRequirements({ ...primary, findings }, linked.requirements);
}

/** What carrying bounds along the relations tells of the cells of a protected release. */
function mostOf(protection: Protection): (key: string) => bigint | null {
  const { linked } = protection.prepared;
  const network = indexFamily(protection.table.family);
  const hidden = hiddenIn(protection);
  const { upper } = propagate(network, (index) => hidden.has(network.cells[index]!.key));
  return (key) => upper[network.indexOf.get(linked.nameOf.get(key) ?? '') ?? -1] ?? null;
}

/** Against one audience after the other, and again until what amounts and counts tell of each other is protected too. */
export async function protectWhole(
  { source, known, hierarchies, rules }: ProtectInput,
  onProgress: Report,
): Promise<Decision[]> {
  const zeros = new Map<string, bigint>();
  const told = new Map(audiences.map((audience) => [audience, new Set<string>()]));
  for (;;) {
    const suppressed = new Set<string>();
    const protections: Protection[] = [];
    let isNew = false;
    for (const audience of audiencesOf(source, known)) {
      const empty = told.get(audience)!;
      const twins = { zeros, told: empty };
      const prepared = prepare(audience, source, known, hierarchies, rules, suppressed, twins);
      const primary = judge(prepared, rules);
      const protection = { prepared, primary, table: await protect(primary, { onProgress }) };
      protections.push(protection);
      for (const key of suppressedIn(source, protection)) suppressed.add(key);
      const most = mostOf(protection);
      const found = toldZeros(source.cells, (key) => most(key) === 0n);
      isNew ||= found.some((key) => !empty.has(key));
      // The press and the unions know whatever everybody can work out.
      for (const one of audience === 'PUBLIC' ? audiences : [audience]) {
        for (const key of found) told.get(one)!.add(key);
      }
    }
    const everywhere = told.get('PUBLIC')!;
    for (const [key, above] of pairedZeros(source.cells, suppressed, everywhere)) {
      isNew ||= !zeros.has(key);
      zeros.set(key, above);
    }
    if (!isNew) return decide(source, protections, suppressed);
  }
}

/** Cells to which one of the audiences comes too close, by their names in the family; none for a safe release. */
export async function attackWhole(
  { layers, hierarchies, rules }: AttackInput,
  onProgress: Report,
): Promise<string[]> {
  const unsafe = new Set<string>();
  for (const audience of audiencesOf(null, layers)) {
    const prepared = prepareAttack(audience, layers, hierarchies);
    // Amounts keep the distances that their protection has found; counts are judged anew.
    const primary = judge(prepared, { threshold: rules.threshold ?? thresholdDefault });
    const { cells } = await attack(primary.family, new Set(), primary.requirements, {
      onProgress: (done, of) => onProgress('ATTACK', done, of),
    });
    for (const key of prepared.linked.lost) unsafe.add(key);
    for (const { key, isSafe } of cells) if (!isSafe) unsafe.add(key);
  }
  return [...unsafe];
}
