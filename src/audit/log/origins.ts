/** Names of logs: a log's trees and the keys that sign them bear the same name, the origin. */
import { randomBytes } from 'node:crypto';

export type LogKind = 'ACCESS' | 'CHANGE';
export const logKinds = ['ACCESS', 'CHANGE'] as const satisfies readonly LogKind[];

const words: Readonly<Record<LogKind, string>> = { ACCESS: 'access', CHANGE: 'change' };

/** A base that no other database has, for those who name none. */
export const makeBase = (): string => `lienthong.localhost/${randomBytes(4).toString('hex')}`;

/** `<base>/access`, and `<base>/access/2` for the first successor. */
export const originOf = (base: string, kind: LogKind, epoch = 1): string =>
  `${base}/${words[kind]}${epoch > 1 ? `/${epoch}` : ''}`;

/** What the origins of both logs begin with. */
export const baseOf = (origin: string): string => origin.replace(/\/(access|change)(\/\d+)?$/, '');

/** 1 for a log's first tree. */
export const epochOf = (origin: string): number => Number(/\/(\d+)$/.exec(origin)?.[1] ?? 1);
