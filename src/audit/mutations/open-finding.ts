/** Opens a finding about an agency, on records of the access log. */
import { builder } from '../../platform/builder.ts';
import { checkedList, checkedNumber, checkedText } from '../../platform/checked.ts';
import { insertFinding } from '../finding-data.ts';
import { FindingRef } from '../finding.ts';
import { changed, textMax } from './finding.ts';

const titleMax = 200;
/** A finding on more shows them by a filter of the log that its text names. */
const recordsMax = 100;

const OpenFindingInput = builder.inputType('OpenFindingInput', {
  description: 'What an auditor found. Name agencies, never a person.',
  fields: (t) => ({
    agency: t.string({
      required: true,
      description: 'Code of the agency that it concerns. Error: AGENCY_NOT_REGISTERED.',
    }),
    title: t.string({
      required: true,
      description: `What it is about, in at most ${titleMax} characters. Errors: FIELD_EMPTY, TEXT_TOO_LONG.`,
    }),
    text: t.string({
      required: true,
      description: `What was found, in at most ${textMax} characters. Errors: FIELD_EMPTY, TEXT_TOO_LONG.`,
    }),
    records: t.field({
      type: ['Int64'],
      required: true,
      description: `Numbers of the records that it rests on: 1 to ${recordsMax}. Errors: RECORD_UNKNOWN, FIELD_EMPTY, VALUE_TWICE, NUMBER_OUT_OF_BOUNDS.`,
    }),
  }),
});

builder.mutationField('openFinding', (t) =>
  t.field({
    type: FindingRef as never,
    description:
      'Opens a finding. The agency concerned sees it at once and may answer once. Errors: AGENCY_NOT_REGISTERED, RECORD_UNKNOWN, FIELD_EMPTY, TEXT_TOO_LONG, VALUE_TWICE, NUMBER_OUT_OF_BOUNDS.',
    args: {
      input: t.arg({ type: OpenFindingInput, required: true, description: 'What was found.' }),
    },
    resolve: async (_root, { input }, context, info) => {
      checkedNumber('records', input.records.length, [1, recordsMax]);
      const code = await insertFinding(context, {
        agencyId: input.agency,
        title: checkedText('title', input.title, titleMax),
        text: checkedText('text', input.text, textMax),
        records: checkedList('records', input.records, String),
      });
      return changed(context, code, info);
    },
  }),
);
