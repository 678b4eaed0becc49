/** Receipts: an entry is in the log, or the receipt says why that is not proved. */
import { describe, expect, test } from 'vitest';
import { checkProof, parseProof } from '../../src/audit/check/proof.ts';
import { problemCodes } from '../../src/audit/check/sentences.ts';
import { reasons } from '../../src/audit/check/reasons.ts';
import { problemOf, sentenceOf } from '../../src/audit/check/problem.ts';
import { forged, key, log, origin } from './support/export-checks.ts';
import { checkpointOf, treeOf } from './support/export-writer.ts';
import { goLog } from './support/go-vectors.ts';
import { checkpointText, cosigned, noteOf, signed, testKey } from './support/notes.ts';
import { reasonOf } from './support/reason.ts';

const version = 'c2sp.org/tlog-proof@v1';
const index = 261;
const entry = log.entries[index]!;
const hashes = treeOf(log.entries)
  .path(BigInt(index), 700n)
  .map((hash) => `${hash.toString('base64')}\n`);
const checkpoint = checkpointOf(log);
const extra = `extra ${entry.toString('base64')}\n`;
const proofOf = (parts: {
  extra?: string;
  index?: string;
  hashes?: string[];
  checkpoint?: string;
}) =>
  `${version}\n${parts.extra ?? ''}${parts.index ?? `index ${index}\n`}${(parts.hashes ?? hashes).join('')}\n${parts.checkpoint ?? checkpoint}`;

const trustedKeys = [key.vkey];
const check = (proof: string, given?: Uint8Array) =>
  checkProof(Buffer.from(proof), given ? { trustedKeys, entry: given } : { trustedKeys });
const codesOf = (...parameters: Parameters<typeof check>) =>
  check(...parameters).problems.map(({ code }) => code);

describe('a receipt', () => {
  test('proves the entry it holds', () => {
    expect(check(proofOf({ extra }))).toEqual({
      sound: true,
      origin,
      size: 700n,
      root: treeOf(log.entries).root(700n).toString('base64'),
      index: 261n,
      entry,
      signedBy: [{ name: origin, id: key.id.toString('hex'), kind: 'LOG', time: null }],
      cosignedBy: [],
      problems: [],
    });
  });

  test('proves the entry that is given, whatever it holds', () => {
    expect(check(proofOf({}), entry)).toMatchObject({ sound: true, entry });
    const other = `extra ${forged.toString('base64')}\n`;
    expect(check(proofOf({ extra: other }), entry)).toMatchObject({ sound: true, entry });
    expect(codesOf(proofOf({ extra: other }))).toEqual(['NOT_INCLUDED']);
    expect(codesOf(proofOf({ extra }), forged)).toEqual(['NOT_INCLUDED']);
    expect(codesOf(proofOf({}))).toEqual(['PROOF_ENTRY_MISSING']);
  });

  test('proves the only entry of a log without a hash', () => {
    const single = checkpointOf({ ...log, entries: [entry] });
    const proof = proofOf({ extra, index: 'index 0\n', hashes: [], checkpoint: single });
    expect(check(proof)).toMatchObject({ sound: true, size: 1n, index: 0n });
  });

  test('of an independent implementation is proved', () => {
    const proof = proofOf({
      index: 'index 777\n',
      hashes: goLog.inclusion.map((hash) => `${hash}\n`),
      checkpoint: goLog.note,
    });
    const options = { trustedKeys: [goLog.vkey], entry: Buffer.from('record 777') };
    expect(checkProof(Buffer.from(proof), options)).toMatchObject({ sound: true, size: 1000n });
  });

  test('names the witnesses that are known', () => {
    const witness = testKey('witness.example', 'witness', 4);
    const witnessed = checkpointOf({ ...log, more: (text) => cosigned(witness, text, 5n) });
    const proof = Buffer.from(proofOf({ extra, checkpoint: witnessed }));
    expect(checkProof(proof, { trustedKeys }).cosignedBy).toEqual([]);
    const report = checkProof(proof, { trustedKeys: [key.vkey, witness.vkey] });
    expect(report).toMatchObject({ sound: true, cosignedBy: [{ time: 5n }] });
  });

  const text = checkpointText(origin, 700, treeOf(log.entries).root(700n));
  test.each([
    ['another index', proofOf({ extra, index: 'index 260\n' }), ['NOT_INCLUDED']],
    ['an index outside', proofOf({ extra, index: 'index 700\n' }), ['PROOF_OUTSIDE']],
    ['a hash less', proofOf({ extra, hashes: hashes.slice(1) }), ['NOT_INCLUDED']],
    ['a hash more', proofOf({ extra, hashes: [...hashes, hashes[0]!] }), ['NOT_INCLUDED']],
    [
      'its hashes in another order',
      proofOf({ extra, hashes: hashes.toReversed() }),
      ['NOT_INCLUDED'],
    ],
    [
      'the checkpoint of another size',
      proofOf({ extra, checkpoint: checkpointOf(log, 400) }),
      ['NOT_INCLUDED'],
    ],
    [
      'a checkpoint nobody known signed',
      proofOf({ extra, checkpoint: noteOf(text, signed(testKey(origin, 'x'), text)) }),
      ['KEY_UNKNOWN'],
    ],
    [
      'a checkpoint that was changed',
      proofOf({ extra, checkpoint: checkpoint.replace('\n700\n', '\n699\n') }),
      ['SIGNATURE_INVALID'],
    ],
  ])('with %s proves nothing', (_, proof, codes) => {
    expect(codesOf(proof)).toEqual(codes);
  });

  test('is judged by keys that are well formed', () => {
    const report = checkProof(Buffer.from(proofOf({ extra })), { trustedKeys: ['key'] });
    const codes = report.problems.map(({ code }) => code);
    expect(codes).toEqual(['TRUSTED_KEY_MALFORMED', 'KEY_UNKNOWN']);
  });
});

describe('a receipt is refused', () => {
  const short = Buffer.alloc(31).toString('base64');
  test.each([
    ['that is empty', '', 'PROOF_CHECKPOINT'],
    ['of another version', proofOf({}).replace('@v1', '@v2'), 'PROOF_VERSION'],
    ['with a space after its version', proofOf({}).replace('@v1', '@v1 '), 'PROOF_VERSION'],
    ['with carriage returns', proofOf({}).replaceAll('\n', '\r\n'), 'PROOF_CHECKPOINT'],
    ['with empty extra data', proofOf({ extra: 'extra \n' }), 'PROOF_EXTRA'],
    ['with extra data that is not canonical', proofOf({ extra: 'extra AB==\n' }), 'PROOF_EXTRA'],
    ['with extra data twice', proofOf({ extra: extra + extra }), 'PROOF_INDEX'],
    ['with extra data behind', proofOf({ index: `index 1\n${extra}` }), 'PROOF_HASH'],
    ['without an index', proofOf({ index: '' }), 'PROOF_INDEX'],
    ['with an index with a leading zero', proofOf({ index: 'index 01\n' }), 'PROOF_INDEX'],
    ['with a negative index', proofOf({ index: 'index -1\n' }), 'PROOF_INDEX'],
    ['with an index and more', proofOf({ index: 'index 1 2\n' }), 'PROOF_INDEX'],
    ['with an index of 65 bits', proofOf({ index: `index ${2n ** 64n}\n` }), 'PROOF_INDEX'],
    ['with a short hash', proofOf({ hashes: [`${short}\n`] }), 'PROOF_HASH'],
    [
      'with a hash without padding',
      proofOf({ hashes: hashes.map((hash) => hash.replace('=', '')) }),
      'PROOF_HASH',
    ],
    ['with a hash with stray bits', proofOf({ hashes: [`${'A'.repeat(42)}B=\n`] }), 'PROOF_HASH'],
    ['without a checkpoint', proofOf({ checkpoint: '' }), 'NO_SIGNATURES'],
    ['with an empty line too many', proofOf({ checkpoint: `\n${checkpoint}` }), 'EMPTY_LINE'],
    ['with an empty line too few', proofOf({}).replace('\n\n', '\n'), 'PROOF_HASH'],
    [
      'with a checkpoint without a root',
      proofOf({ checkpoint: 'a\n1\n\n\u2014 a AAAAAAA=\n' }),
      'TOO_FEW_LINES',
    ],
  ])('%s', (_, proof, reason) => {
    expect(reasonOf(() => parseProof(Buffer.from(proof)))).toBe(reason);
    const [problem] = check(proof, entry).problems;
    expect(problem).toMatchObject({ code: 'PROOF_MALFORMED', parameters: { reason } });
  });
});

describe('every problem has its sentence', () => {
  const parameters = Object.fromEntries(
    [
      'name',
      'id',
      'origin',
      'number',
      'computed',
      'expected',
      'first',
      'last',
      'found',
      'size',
      'other',
      'error',
      'old',
    ].map((word) => [word, `<${word}>`]),
  );
  test.each(problemCodes)('%s', (code) => {
    for (const reason of Object.keys(reasons)) {
      const problem = problemOf(code, { file: 'file', index: 7n }, { ...parameters, reason });
      const [english, vietnamese] = [sentenceOf(problem, 'en'), sentenceOf(problem, 'vi')];
      expect(english).toMatch(/^[A-Z][^{}]+\.$/);
      expect(vietnamese).toMatch(/^\p{Lu}[^{}]+\.$/u);
      expect(vietnamese).not.toBe(english);
    }
  });
});
