/** Verifier keys and checkpoints: what is accepted, and what must not be. */
import { describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../src/audit/check/checkpoint.ts';
import { parseNote, parseVerifierKey, verifyNote } from '../../src/audit/check/note.ts';
import { parseSignedCheckpoint, verifyCheckpoint } from '../../src/audit/check/signed.ts';
import { emptyRoot, leafHash } from '../../src/audit/tree.ts';
import { goLog } from './support/go-vectors.ts';
import { checkpointText, cosigned, noteOf, signed, testKey, vkeyOf } from './support/notes.ts';
import { reasonOf } from './support/reason.ts';

const name = 'log.example/access';
const log = testKey(name, 'log');
const [, , ...encodedParts] = log.vkey.split('+');
const encoded = Buffer.from(encodedParts.join('+'), 'base64');
const base64 = encoded.toString('base64');
const id = log.id.toString('hex');

describe('verifier keys', () => {
  test('of both kinds are read', () => {
    expect(parseVerifierKey(log.vkey)).toMatchObject({ name, id, kind: 'LOG' });
    expect(parseVerifierKey(testKey('w.example', 'w', 4).vkey)).toMatchObject({ kind: 'WITNESS' });
    expect(parseVerifierKey(log.vkey.replace(id, id.toUpperCase()))).toMatchObject({ id });
  });

  test('their base64 may hold plus signs', () => {
    const seeds = Array.from({ length: 40 }, (_, i) => testKey(name, `seed ${i}`).vkey);
    const withPlus = seeds.filter((vkey) => vkey.split('+').length > 3);
    expect(withPlus.length).toBeGreaterThan(0);
    for (const vkey of withPlus) expect(parseVerifierKey(vkey)).toMatchObject({ name });
  });

  test.each([
    ['nothing', '', 'KEY_PARTS'],
    ['one part', name, 'KEY_PARTS'],
    ['two parts', `${name}+${id}`, 'KEY_PARTS'],
    ['no name', `+${id}+${base64}`, 'KEY_NAME'],
    ['a name with a space', vkeyOf('log example', encoded), 'KEY_NAME'],
    ['a name with a wide space', vkeyOf('log\u3000example', encoded), 'KEY_NAME'],
    ['no base64', `${name}+${id}+`, 'KEY_BASE64'],
    ['base64 with stray bits', `${name}+${id}+AB==`, 'KEY_BASE64'],
    ['a line feed', `${log.vkey}\n`, 'KEY_BASE64'],
    ['the ID of another name', log.vkey.replace(name, 'log.example/other'), 'KEY_ID'],
    [
      'the ID of another type',
      vkeyOf(name, encoded).replace(
        base64,
        Buffer.concat([Buffer.from([4]), encoded.subarray(1)]).toString('base64'),
      ),
      'KEY_ID',
    ],
    ['a short ID', `${name}+${id.slice(1)}+${base64}`, 'KEY_ID'],
    ['a long ID', `${name}+0${id}+${base64}`, 'KEY_ID'],
    ['no ID', `${name}++${base64}`, 'KEY_ID'],
    ['a short key', vkeyOf(name, encoded.subarray(0, 32)), 'KEY_LENGTH'],
    ['a long key', vkeyOf(name, Buffer.concat([encoded, Buffer.from([0])])), 'KEY_LENGTH'],
    [
      'the type of ECDSA',
      vkeyOf(name, Buffer.concat([Buffer.from([2]), encoded.subarray(1)])),
      'KEY_UNSUPPORTED',
    ],
    [
      'the type of ML-DSA',
      vkeyOf(name, Buffer.concat([Buffer.from([6]), Buffer.alloc(1312)])),
      'KEY_UNSUPPORTED',
    ],
  ])('are refused with %s', (_, vkey, reason) => {
    expect(reasonOf(() => parseVerifierKey(vkey))).toBe(reason);
  });

  test('two different keys with one name and ID are not told apart by chance', () => {
    const key = parseVerifierKey(log.vkey);
    const { publicKey } = parseVerifierKey(testKey(name, 'other').vkey);
    const note = parseNote(Buffer.from(noteOf('text\n', signed(log, 'text\n'))));
    expect(verifyNote(note, [key, key])).toMatchObject({ isValid: true });
    expect(verifyNote(note, [key, { ...key, publicKey }])).toMatchObject({ code: 'KEY_AMBIGUOUS' });
  });
});

const root = leafHash(Buffer.from('entry'));
const rootText = root.toString('base64');

describe('checkpoints', () => {
  test('of an independent implementation are read and verified', () => {
    const checkpoint = parseSignedCheckpoint(Buffer.from(goLog.note));
    expect(checkpoint).toMatchObject({ origin: 'go.example/log', size: 1000n });
    expect(checkpoint.root.toString('base64')).toBe(goLog.roots[1000]);
    const { failure, signedBy } = verifyCheckpoint(checkpoint, [parseVerifierKey(goLog.vkey)]);
    expect(failure).toBeNull();
    expect(signedBy).toMatchObject([{ name: 'go.example/log', id: 'd8249339' }]);
  });

  test.each([
    ['0', checkpointText(name, 0, emptyRoot()), 0n],
    ['1', checkpointText(name, 1, root), 1n],
    ['2^53 + 1', checkpointText(name, 2n ** 53n + 1n, root), 2n ** 53n + 1n],
    ['2^64 - 1', checkpointText(name, 2n ** 64n - 1n, root), 2n ** 64n - 1n],
  ])('of size %s', (_, text, size) => {
    expect(parseCheckpoint(text)).toMatchObject({ origin: name, size, extensions: [] });
  });

  test('keep their extensions', () => {
    const text = `${checkpointText(name, 1, root)}one more\n and another\n`;
    expect(parseCheckpoint(text).extensions).toEqual(['one more', ' and another']);
  });

  test.each<readonly [string, string, string]>([
    ['no lines', '\n', 'TOO_FEW_LINES'],
    ['an origin alone', `${name}\n`, 'TOO_FEW_LINES'],
    ['no root', `${name}\n1\n`, 'TOO_FEW_LINES'],
    ['no origin', `\n1\n${rootText}\n`, 'EMPTY_LINE'],
    ['an empty extension', `${checkpointText(name, 1, root)}\n`, 'EMPTY_LINE'],
    ['an empty line between extensions', `${checkpointText(name, 1, root)}a\n\nb\n`, 'EMPTY_LINE'],
    ...['01', '00', '-1', '+1', '1 ', '1.0', '1e3', '0x1', '١', `${2n ** 64n}`, '9'.repeat(21)].map(
      (size) => [`the size ${size}`, `${name}\n${size}\n${rootText}\n`, 'SIZE'] as const,
    ),
    ['a short root', `${name}\n1\n${root.toString('base64', 1)}\n`, 'ROOT'],
    ['a long root', `${name}\n1\n${Buffer.alloc(33).toString('base64')}\n`, 'ROOT'],
    ['a root without padding', `${name}\n1\n${rootText.slice(0, -1)}\n`, 'ROOT'],
    ['a root with stray bits', `${name}\n1\n${'A'.repeat(42)}B=\n`, 'ROOT'],
    ['a root and more', `${name}\n1\n${rootText} more\n`, 'ROOT'],
    ['a root of no entries that is another', checkpointText(name, 0, root), 'EMPTY_TREE_ROOT'],
  ])('are refused with %s', (_, text, reason) => {
    expect(reasonOf(() => parseCheckpoint(text))).toBe(reason);
  });

  test('need the signature of a key with the name of their origin', () => {
    const text = checkpointText(name, 1, root);
    const stranger = testKey('log.example/other', 'log');
    const witness = testKey(name, 'witness', 4);
    const lines = [signed(stranger, text), cosigned(witness, text, 7n)];
    const keys = [log, stranger, witness].map(({ vkey }) => parseVerifierKey(vkey));
    const unsigned = verifyCheckpoint(
      parseSignedCheckpoint(Buffer.from(noteOf(text, ...lines))),
      keys,
    );
    expect(unsigned.failure).toMatchObject({ code: 'KEY_UNKNOWN', parameters: { origin: name } });
    const note = noteOf(text, ...lines, signed(log, text));
    const whole = verifyCheckpoint(parseSignedCheckpoint(Buffer.from(note)), keys);
    expect(whole.failure).toBeNull();
    expect(whole.signedBy.map((signer) => signer.name)).toEqual([stranger.name, name]);
    expect(whole.cosignedBy).toMatchObject([{ name, time: 7n }]);
  });
});
