/** Asking what the law says in numbers and rules, since when, and how far it is verified. */
import { builder } from '../platform/builder.ts';
import { byCode, defineConnection, nodePaths, pageArgs } from '../platform/connection.ts';
import { lookAhead } from '../platform/look-ahead.ts';
import { inForceOn } from '../platform/validity.ts';
import { equal } from './data.ts';
import { decreeOn, readLegalFines, readLegalParameters } from './law-data.ts';

export const LegalReliability = builder.enumType('LegalReliability', {
  description: 'How far a row of the tables of law is verified.',
  values: {
    TEXT: { description: 'Read in the text of the law.' },
    OCR: { description: 'Read in a scan by a program: look it up before relying on it.' },
    SECONDARY: {
      description: 'Second-hand: verify before relying on it; nothing is computed from it.',
    },
    OPEN: {
      description: 'Stated by no source; the operator sets it, and null means that nobody has.',
    },
  } as const,
});

export const FineBasis = builder.enumType('FineBasis', {
  description: 'By what a fine is measured.',
  values: {
    HEADCOUNT: { description: 'By how many workers it is about.' },
    PERCENT_OF_AMOUNT: { description: 'A percentage of the amount, up to a cap.' },
    AMOUNT: { description: 'A range of money.' },
  } as const,
});

const inForceDescription =
  'Since when it is in force; null where that is not known, so it is in force on no day here.';

const LegalParameterRef = builder.prismaNode('LegalParameter', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description:
    'A number or a rule of law, by the days on which it is in force, with its source and how far it is verified. What the sources leave open is there too, as OPEN.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'List LEGAL_PARAMETER, which names it in words.' }),
    value: t.exposeString('value', {
      nullable: true,
      description: 'As written: a plain number or the code of a rule; `unit` says which.',
    }),
    unit: t.exposeString('unit', {
      description: 'Such as days, percent, percent_per_day, vnd; `rule` for the code of a rule.',
    }),
    validFrom: t.expose('validFrom', {
      type: 'Date',
      nullable: true,
      description: inForceDescription,
    }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'The last day in force; null while it is.',
    }),
    instrument: t.exposeString('instrument', { description: 'The number of the law or decree.' }),
    article: t.exposeString('article', {
      nullable: true,
      description: 'The article; null where none is named.',
    }),
    reliability: t.field({
      type: LegalReliability,
      description: 'How far it is verified.',
      resolve: (row) => row.reliability as never,
    }),
    note: t.exposeString('note', { nullable: true, description: 'What else must be known of it.' }),
  }),
});

const LegalFineRef = builder.prismaNode('LegalFine', {
  nullable: true,
  id: { field: 'id' },
  description:
    'A range of fines for an individual; an organisation pays FINE_ORGANISATION_MULTIPLIER times as much.',
  fields: (t) => ({
    violation: t.exposeString('violation', {
      description: 'List LEGAL_VIOLATION, which names it in words.',
    }),
    basis: t.field({
      type: FineBasis,
      description: 'By what it is measured.',
      resolve: (row) => row.basis as never,
    }),
    headcountMin: t.exposeInt('headcountMin', {
      nullable: true,
      description: 'From how many workers; null where it is not by heads.',
    }),
    headcountMax: t.exposeInt('headcountMax', {
      nullable: true,
      description: 'To how many, these included; null: no upper end.',
    }),
    fineMin: t.expose('fineMin', {
      type: 'Int64',
      nullable: true,
      description: 'The lowest fine, in dong; null for a percentage.',
    }),
    fineMax: t.expose('fineMax', {
      type: 'Int64',
      nullable: true,
      description: 'The highest fine, in dong; of a percentage its cap.',
    }),
    percentMin: t.expose('percentMin', {
      type: 'Decimal',
      nullable: true,
      description: 'The lowest percentage of the amount; null where it is none.',
    }),
    percentMax: t.expose('percentMax', {
      type: 'Decimal',
      nullable: true,
      description: 'The highest percentage of the amount; null where it is none.',
    }),
    validFrom: t.expose('validFrom', {
      type: 'Date',
      nullable: true,
      description: inForceDescription,
    }),
    instrument: t.exposeString('instrument', { description: 'The number of the decree.' }),
    article: t.exposeString('article', { description: 'The article.' }),
    reliability: t.field({
      type: LegalReliability,
      description: 'How far it is verified.',
      resolve: (row) => row.reliability as never,
    }),
  }),
});

const LegalParameterConnection = defineConnection('LegalParameter', LegalParameterRef as never);
const LegalFineConnection = defineConnection('LegalFine', LegalFineRef as never);

builder.queryFields((t) => ({
  legalParameters: t.field({
    type: LegalParameterConnection,
    description: 'What the law says in numbers and rules, by code and first day in force.',
    args: {
      ...pageArgs(),
      code: t.arg.string({ description: 'Of this code of list LEGAL_PARAMETER.' }),
      on: t.arg({ type: 'Date', description: 'In force on this day.' }),
    },
    resolve: (_root, args, context, info) =>
      readLegalParameters(context, {
        list: 'legalParameters',
        order: byCode(),
        args,
        where: { ...equal('code', args.code), ...inForceOn(args.on) },
        look: lookAhead(context, info, 'LegalParameter', nodePaths()),
      }),
  }),
  legalFines: t.field({
    type: LegalFineConnection,
    description: 'Ranges of fines for late payment and evasion.',
    args: {
      ...pageArgs(),
      on: t.arg({
        type: 'Date',
        description: 'Of the newest decree in force on this day; none where none is verified.',
      }),
      violation: t.arg.string({ description: 'For this code of list LEGAL_VIOLATION.' }),
    },
    resolve: async (_root, { on, violation, ...args }, context, info) => {
      return readLegalFines(context, {
        list: 'legalFines',
        order: byCode(),
        args,
        where: { ...equal('violation', violation), ...(await decreeOn(context, on)) },
        look: lookAhead(context, info, 'LegalFine', nodePaths()),
      });
    },
  }),
}));
