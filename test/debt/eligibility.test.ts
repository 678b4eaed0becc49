/** What a statutory list says of whom the law lets stand on it, and what of one no longer holds. */
import { describe, expect, test } from 'vitest';
import { drawList, outdatedEntries, type Candidate } from '../../src/debt/eligibility.ts';
import type { JudgedListing } from '../../src/debt/judge.ts';

const listing = (more: Partial<JudgedListing> = {}): JudgedListing => ({
  listedAs: 'LATE',
  reason: null,
  amount: 2_000n,
  monthsLate: 4,
  workers: 20,
  legalBasis: '41/2024/QH15 Art 38',
  ...more,
});
const candidate = (unitCode: string, more: Partial<Candidate> = {}): Candidate => ({
  unitCode,
  nameVi: 'Công ty',
  address: 'Address',
  officeNameVi: 'Cơ quan',
  officeNameEn: 'Office',
  isNaturalPerson: false,
  listing: listing(),
  ...more,
});
const out = (reason: JudgedListing['reason']) => listing({ listedAs: null, reason });

describe('a list', () => {
  const drawn = drawList(
    [
      candidate('late'),
      candidate('evading', { listing: listing({ listedAs: 'EVADING' }) }),
      candidate('person', { isNaturalPerson: true }),
      candidate('person who paid', { isNaturalPerson: true, listing: out('NOTHING_LATE') }),
      candidate('gone', { listing: out('HARD_TO_COLLECT_APART') }),
      candidate('recent', { listing: out('TOO_FEW_MONTHS') }),
      candidate('excused', { listing: out('EXCUSED_NOT_LISTED') }),
    ],
    3,
  );

  test('names whom the law lists, and no natural person', () => {
    expect(drawn.entries.map(({ unitCode, listedAs }) => [unitCode, listedAs])).toEqual([
      ['late', 'LATE'],
      ['evading', 'EVADING'],
    ]);
    expect(Object.keys(drawn.entries[0]!)).not.toContain('isNaturalPerson');
    expect(drawn.entries[0]).toMatchObject({ amount: 2_000n, monthsLate: 4, workers: 20 });
  });

  test('counts whom it leaves out', () => {
    expect(drawn).toMatchObject({
      monthsLateMin: 3,
      naturalPersonsLeftOut: 1,
      hardToCollectLeftOut: 1,
    });
  });

  test.each([
    ['nothing changed', {}, []],
    ['paid', { listedAs: null, reason: 'NOTHING_LATE' }, ['late']],
    ['another amount', { amount: 1_999n }, ['late']],
    ['other months', { monthsLate: 3 }, ['late']],
    ['as evading', { listedAs: 'EVADING' }, ['late']],
    ['other workers', { workers: 21 }, ['late']],
  ] as const)('%s', (_name, more, expected) => {
    const before = drawList([candidate('late')], 3).entries;
    const now = drawList([candidate('late', { listing: listing(more) })], 3);
    expect(outdatedEntries(before, now).map(({ unitCode }) => unitCode)).toEqual(expected);
  });
});
