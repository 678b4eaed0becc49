/** Whom the agencies address and through what, as the sources name them, in the schema. */
import { conflictLoader } from '../observation/data.ts';
import { ConflictRef } from '../observation/provenance.ts';
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';

export const AudienceRef = builder.prismaNode('Audience', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'Whom the agencies of an area address, on what, through what and how often.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code.' }),
    audienceCodes: t.exposeStringList('audienceCodes', { description: 'List AUDIENCE.' }),
    name: t.exposeString('name', { description: 'The group in words.' }),
    topicCodes: t.exposeStringList('topicCodes', {
      description: 'What it is told; list TOPIC. Empty when not printed.',
    }),
    channelCodes: t.exposeStringList('channelCodes', {
      description: 'Through what; list CHANNEL. Empty when not printed.',
    }),
    messageGist: t.exposeString('messageGist', {
      nullable: true,
      description: 'The message in our own words; null when not printed.',
    }),
    frequency: t.exposeString('frequency', { description: 'How often; list FREQUENCY.' }),
    status: t.exposeString('status', {
      description: 'Whether it is practice, plan or theory; list STATUS.',
    }),
    comment: t.exposeString('comment', {
      nullable: true,
      description: 'A remark on the reading.',
    }),
    area: t.relation('area', { nullable: true, description: 'The area that it is about.' }),
    sourceCode: t.exposeString('sourceId', { description: 'The source’s code.' }),
    locator: t.exposeString('locator', { description: 'Where in the source it stands.' }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
  }),
});

export const ChannelUseRef = builder.prismaNode('ChannelUse', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'A channel that a source names for an area, whether it was counted or not.',
  fields: (t) => ({
    code: t.exposeString('id', { description: 'Its code, as conflicts name it.' }),
    channel: t.exposeString('channel', { description: 'List CHANNEL.' }),
    form: t.exposeString('form', {
      description: 'Between people or through media; list FORM.',
    }),
    formBasis: t.exposeString('formBasis', {
      description: 'Whether the source says the form or it was derived; list FORM_BASIS.',
    }),
    status: t.exposeString('status', {
      description: 'Whether it is practice, plan or theory; list STATUS.',
    }),
    comment: t.exposeString('comment', {
      nullable: true,
      description: 'A remark on the reading.',
    }),
    area: t.relation('area', { nullable: true, description: 'The area that it is about.' }),
    sourceCode: t.exposeString('sourceId', { description: 'The source’s code.' }),
    locator: t.exposeString('locator', { description: 'Where in the source it stands.' }),
    contributor: t.exposeString('contributorId', {
      description: 'The agency that contributed the row.',
    }),
    conflicts: t.field({
      type: [ConflictRef],
      description: 'Contradictions and unclear points that mark the row.',
      resolve: ({ id }, _args, context) => conflictLoader(context).load(id) as never,
    }),
  }),
});

export const AudienceConnection = defineConnection('Audience', AudienceRef as never);
export const ChannelUseConnection = defineConnection('ChannelUse', ChannelUseRef as never);
