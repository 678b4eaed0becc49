/** The cursor of a feed of changes: how far its reader has been told, sealed so that nobody reads or makes one. Pure. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { PublicError } from '../platform/errors.ts';

/** What a reader can have been told: by transactions of smaller numbers, as of the instant. */
export interface Mark {
  readonly number: bigint;
  /** Milliseconds since 1970. */
  readonly instant: number;
}

/** The row after which a run goes on: of which step, and by which values of its order. */
export interface Place {
  readonly step: number;
  readonly value: string;
  readonly id: string;
}

/** What is told in the pages between two marks; `from` is null where all that is there is told. */
export interface Run {
  readonly from: Mark | null;
  readonly to: Mark;
  /** Null at the end of a run, where the next one begins. */
  readonly at: Place | null;
}

export interface Cursor extends Run {
  /** Of whom and what it is a cursor; see `digestOf`. */
  readonly digest: Buffer;
}

/** Two cursors of the same digest are of the same rows. */
export const digestOf = (whose: object): Buffer =>
  createHash('sha256')
    .update(canonicalize(whose) ?? '')
    .digest();

const cipher = 'aes-256-gcm';
const [nonceBytes, tagBytes, digestBytes] = [12, 16, 32];
const numbersAt = digestBytes;
const placeAt = numbersAt + 4 * 8;
/** No transaction has it. */
const nowhere = -1n;

/** Which feed a cursor is of: one of another is none, though the key is the same. */
export type Feed = `${string} ${number}`;

const placeShape = z.tuple([z.number().int().min(0).max(15), z.string(), z.string()]);

function pack({ digest, from, to, at }: Cursor): Buffer {
  const numbers = Buffer.alloc(4 * 8);
  numbers.writeBigInt64BE(from?.number ?? nowhere, 0);
  numbers.writeBigInt64BE(BigInt(from?.instant ?? 0), 8);
  numbers.writeBigInt64BE(to.number, 16);
  numbers.writeBigInt64BE(BigInt(to.instant), 24);
  const place = at ? JSON.stringify([at.step, at.value, at.id]) : '';
  return Buffer.concat([digest, numbers, Buffer.from(place)]);
}

function unpack(plain: Buffer): Cursor {
  const [fromNumber, fromInstant, toNumber, toInstant] = [0, 8, 16, 24].map((offset) =>
    plain.readBigInt64BE(numbersAt + offset),
  ) as [bigint, bigint, bigint, bigint];
  const text = plain.subarray(placeAt).toString('utf8');
  const place = text === '' ? null : placeShape.parse(JSON.parse(text));
  return {
    digest: plain.subarray(0, digestBytes),
    from: fromNumber === nowhere ? null : { number: fromNumber, instant: Number(fromInstant) },
    to: { number: toNumber, instant: Number(toInstant) },
    at: place && { step: place[0], value: place[1], id: place[2] },
  };
}

/** Numbers of transactions tell of what others do, embargoed work included: nothing of them is legible. */
export function sealCursor(key: Buffer, feed: Feed, cursor: Cursor): string {
  const nonce = randomBytes(nonceBytes);
  const seal = createCipheriv(cipher, key, nonce).setAAD(Buffer.from(feed));
  const hidden = Buffer.concat([seal.update(pack(cursor)), seal.final()]);
  return Buffer.concat([nonce, hidden, seal.getAuthTag()]).toString('base64url');
}

/** Throws CURSOR_INVALID for whatever was not sealed with this key for this feed. */
export function openCursor(key: Buffer, feed: Feed, text: string): Cursor {
  try {
    const bytes = Buffer.from(text, 'base64url');
    const hidden = bytes.subarray(nonceBytes, -tagBytes);
    if (bytes.toString('base64url') === text && hidden.length >= placeAt) {
      const open = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      open.setAAD(Buffer.from(feed)).setAuthTag(bytes.subarray(-tagBytes));
      return unpack(Buffer.concat([open.update(hidden), open.final()]));
    }
  } catch {
    // Falls through: whatever is wrong with it, the caller's next step is the same.
  }
  throw new PublicError('CURSOR_INVALID');
}
