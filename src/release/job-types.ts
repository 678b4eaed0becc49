/** Jobs of a release in the schema: how far protecting or publishing it has come. */
import { builder } from '../platform/builder.ts';
import { errorTable, sentence, type ErrorCode } from '../platform/errors.ts';
import type { ReleaseJob } from '../platform/prisma/client.ts';

const ReleaseJobKind = builder.enumType('ReleaseJobKind', {
  description: 'What a job does.',
  values: {
    PROTECT: { description: 'Decides which cells are shown, and attacks the result.' },
    PUBLISH: { description: 'Attacks the decided release once more and publishes it.' },
  } as const,
});

const ReleaseJobState = builder.enumType('ReleaseJobState', {
  description: 'Where a job is.',
  values: {
    RUNNING: { description: 'At work.' },
    DONE: { description: 'Done.' },
    FAILED: { description: 'Refused or broken off; nothing of it is left.' },
  } as const,
});

function sentenceOf({ errorCode, errorCount }: ReleaseJob, language: 'en' | 'vi'): string | null {
  if (errorCode === null || !(errorCode in errorTable)) return null;
  return sentence(errorCode as ErrorCode, { count: errorCount ?? 0, cells: '…' }, language).trim();
}

export const ReleaseJobRef = builder.objectRef<ReleaseJob>('ReleaseJob').implement({
  description: 'The protection or publication of a release, which may go on after its answer.',
  fields: (t) => ({
    kind: t.field({
      type: ReleaseJobKind,
      description: 'What it does.',
      resolve: (job) => job.kind as never,
    }),
    state: t.field({
      type: ReleaseJobState,
      description: 'Where it is.',
      resolve: (job) => job.state as never,
    }),
    release: t.exposeString('releaseId', { description: 'The code of the release.' }),
    step: t.exposeString('step', {
      nullable: true,
      description: 'READ, PROTECT, CLEAN, ATTACK or WRITE; null before the first.',
    }),
    done: t.exposeInt('done', { description: 'How much of the step is done, in its own units.' }),
    total: t.exposeInt('total', {
      description: 'How much there is to do in the step; 0 when not known.',
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while at work.',
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: 'Why it failed; null else.',
    }),
    message: t.string({
      nullable: true,
      description: 'The same as a sentence, in the language of Accept-Language.',
      resolve: (job, _args, { language }) => sentenceOf(job, language),
    }),
    cells: t.stringList({
      description: 'The cells, sums or rules that a refusal is about; at most 100.',
      resolve: ({ places }) => [...places],
    }),
  }),
});
