/** Notes, keys and checkpoints: what is accepted, and everything that must not be. */
import { describe, expect, test } from 'vitest';
import { parseCheckpoint } from '../../src/audit/check/checkpoint.ts';
import { parseNote, parseVerifierKey, verifyNote } from '../../src/audit/check/note.ts';
import { cosigned, noteOf, signatureLine, signed, testKey } from './support/notes.ts';
import { reasonOf } from './support/reason.ts';

const log = testKey('log.example/access', 'log');
const otherLog = testKey('log.example/access', 'other log');
const elsewhere = testKey('log.example/elsewhere', 'log');
const witness = testKey('witness.example/one', 'witness', 4);
const text = 'log.example/access\n5\n\nan empty line is part of the text\n';
const line = signed(log, text);

const verify = (note: string, ...vkeys: string[]) =>
  verifyNote(parseNote(Buffer.from(note)), vkeys.map(parseVerifierKey));

const idOf = ({ id }: { id: Buffer }) => id.toString('hex');

describe('the published notes verify', () => {
  test('of the Go implementation’s own test', () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const published =
      'If you think cryptography is the answer to your problem,\n' +
      "then you don't know what your problem is.\n\n" +
      '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
    const signer = { name: 'PeterNeumann', id: 'c74f20a3', kind: 'LOG', time: null };
    expect(verify(published, vkey)).toEqual({ isValid: true, signers: [signer] });
    expect(verify(published.replace('crypto', 'krypto'), vkey)).toMatchObject({
      isValid: false,
      code: 'SIGNATURE_INVALID',
    });
  });

  test('of C2SP tlog-cosignature parses, with its time', () => {
    const published =
      'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
      '\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n';
    const note = parseNote(Buffer.from(published));
    expect(note.signatures.map(({ id }) => id)).toEqual(['033de0ae', '8d66cf3f']);
    expect(note.signatures[1]!.bytes.readBigUInt64BE()).toBe(1_679_315_147n);
    expect(parseCheckpoint(note.text)).toMatchObject({ size: 20_852_163n, extensions: [] });
  });
});

describe('signatures', () => {
  test('the last empty line divides the text from them', () => {
    expect(parseNote(Buffer.from(noteOf(text, line))).text).toBe(text);
  });

  test('several keys sign, each is named once', () => {
    const note = noteOf(
      text,
      line,
      line,
      signed(elsewhere, text),
      cosigned(witness, text, 1_700_000_000n),
    );
    const result = verify(note, log.vkey, elsewhere.vkey, witness.vkey, log.vkey);
    expect(result).toEqual({
      isValid: true,
      signers: [
        { name: log.name, id: idOf(log), kind: 'LOG', time: null },
        { name: elsewhere.name, id: idOf(elsewhere), kind: 'LOG', time: null },
        { name: witness.name, id: idOf(witness), kind: 'WITNESS', time: 1_700_000_000n },
      ],
    });
  });

  test.each([
    ['the same name only', signed(otherLog, text)],
    ['the same ID only', signatureLine('log.example/other', log.id, log.sign(text))],
    ['neither', signed(elsewhere, text)],
  ])('a key that shares %s is ignored', (_, unknown) => {
    expect(verify(noteOf(text, unknown), log.vkey)).toMatchObject({ code: 'KEY_UNKNOWN' });
    expect(verify(noteOf(text, unknown, line), log.vkey)).toMatchObject({ isValid: true });
  });

  test.each([
    ['of another text', signatureLine(log.name, log.id, log.sign(`${text}more\n`))],
    ['cut off', signatureLine(log.name, log.id, log.sign(text).subarray(1))],
    ['with a byte more', signatureLine(log.name, log.id, log.sign(text), Buffer.from([0]))],
    ['of one byte', signatureLine(log.name, log.id, Buffer.from([0]))],
    ['of a cosigned text', signatureLine(witness.name, witness.id, witness.sign(text))],
    ['of another time', cosigned(witness, text, 5n, 6n)],
    ['of a time beyond 2^63 - 1', cosigned(witness, text, 2n ** 63n)],
    ['of a time alone', signatureLine(witness.name, witness.id, Buffer.alloc(8))],
    ['without a time', signatureLine(witness.name, witness.id, Buffer.alloc(7))],
  ])('one wrong signature of a known key makes the note invalid: %s', (_, wrong) => {
    const keys = [log.vkey, witness.vkey];
    const failure = { isValid: false, code: 'SIGNATURE_INVALID' };
    expect(verify(noteOf(text, wrong), ...keys)).toMatchObject(failure);
    expect(verify(noteOf(text, line, wrong), ...keys)).toMatchObject(failure);
    expect(verify(noteOf(text, wrong, line), ...keys)).toMatchObject(failure);
  });

  test('a time of 2^63 - 1 is the last', () => {
    const note = noteOf(text, cosigned(witness, text, 2n ** 63n - 1n));
    expect(verify(note, witness.vkey)).toMatchObject({ isValid: true });
  });

  test('up to 100 signatures are read', () => {
    const many = Array.from({ length: 99 }, (_, i) =>
      signed(testKey(`other.example/${i}`, 'x'), text),
    );
    expect(verify(noteOf(text, ...many, line), log.vkey)).toMatchObject({ isValid: true });
    expect(reasonOf(() => verify(noteOf(text, ...many, line, line)))).toBe('TOO_MANY_SIGNATURES');
  });
});

describe('a note is refused', () => {
  const encoded = Buffer.concat([log.id, log.sign(text)]).toString('base64');
  test.each<[string, string | Buffer, string]>([
    ['that is empty', '', 'NO_SIGNATURES'],
    ['without signatures', text, 'SIGNATURE_LINE'],
    ['without an empty line', `text\n${line}`, 'NO_SIGNATURES'],
    ['that has nothing before its empty line', `\n${line}`, 'NO_SIGNATURES'],
    ['with nothing after its last empty line', `${noteOf(text, line)}\n`, 'NO_SIGNATURES'],
    ['whose end is cut off', noteOf(text, line).slice(0, -1), 'NO_FINAL_NEWLINE'],
    ['with carriage returns', noteOf(text, line).replaceAll('\n', '\r\n'), 'CONTROL_CHARACTER'],
    ['with a tabulator', noteOf(`a\tb\n`, line), 'CONTROL_CHARACTER'],
    ['with a null byte', noteOf(`a\0b\n`, line), 'CONTROL_CHARACTER'],
    [
      'that is not UTF-8',
      Buffer.concat([Buffer.from([0xc3]), Buffer.from(noteOf(text, line))]),
      'NOT_UTF8',
    ],
    [
      'with a surrogate',
      Buffer.concat([Buffer.from([0xed, 0xa0, 0x80]), Buffer.from(noteOf(text, line))]),
      'NOT_UTF8',
    ],
    [
      'with an overlong character',
      Buffer.concat([Buffer.from([0xc0, 0xaf]), Buffer.from(noteOf(text, line))]),
      'NOT_UTF8',
    ],
    ['of a megabyte', noteOf(`${'a'.repeat(1_000_000)}\n`, line), 'TOO_LARGE'],
    ['with a hyphen for a dash', noteOf(text, line.replace('\u2014', '-')), 'SIGNATURE_LINE'],
    ['with two dashes', noteOf(text, `\u2014${line}`), 'SIGNATURE_LINE'],
    ['without a name', noteOf(text, `\u2014  ${encoded}\n`), 'SIGNATURE_LINE'],
    ['without a signature', noteOf(text, `\u2014 ${log.name}\n`), 'SIGNATURE_LINE'],
    ['with an empty signature', noteOf(text, `\u2014 ${log.name} \n`), 'SIGNATURE_LINE'],
    ['with a name that has a plus sign', noteOf(text, `\u2014 a+b ${encoded}\n`), 'SIGNATURE_LINE'],
    [
      'with a name that has a wide space',
      noteOf(text, `\u2014 a\u3000b ${encoded}\n`),
      'SIGNATURE_LINE',
    ],
    [
      'with a name that has a hard space',
      noteOf(text, `\u2014 a\u00a0b ${encoded}\n`),
      'SIGNATURE_LINE',
    ],
    [
      'with a name that has a line separator',
      noteOf(text, `\u2014 a\u2028b ${encoded}\n`),
      'SIGNATURE_LINE',
    ],
    [
      'with a name that has a next line',
      noteOf(text, `\u2014 a\u0085b ${encoded}\n`),
      'SIGNATURE_LINE',
    ],
    [
      'with something after a signature',
      noteOf(text, line.replace('\n', ' more\n')),
      'SIGNATURE_LINE',
    ],
    ['with a space after a signature', noteOf(text, line.replace('\n', ' \n')), 'SIGNATURE_LINE'],
    ['with one line that is no signature', noteOf(text, line, 'more\n'), 'SIGNATURE_LINE'],
    ['without padding', noteOf(text, line.replaceAll('=', '')), 'SIGNATURE_LINE'],
    ['with the URL alphabet', noteOf(text, `\u2014 ${log.name} ____AAAA\n`), 'SIGNATURE_LINE'],
    ['with stray bits', noteOf(text, `\u2014 ${log.name} AAAAAAB=\n`), 'SIGNATURE_LINE'],
    [
      'with a signature of no bytes',
      noteOf(text, signatureLine(log.name, log.id)),
      'SIGNATURE_LINE',
    ],
  ])('%s', (_, note, reason) => {
    expect(reasonOf(() => parseNote(Buffer.from(note)))).toBe(reason);
  });

  test('the byte order mark belongs to the text', () => {
    const note = noteOf(`\ufeff${text}`, signed(log, `\ufeff${text}`));
    expect(verify(note, log.vkey)).toMatchObject({ isValid: true });
    expect(verify(`\ufeff${noteOf(text, line)}`, log.vkey)).toMatchObject({ isValid: false });
  });
});
