/** The decided cells of a release in the schema: for its provider, with values and reasons. */
import { builder } from '../platform/builder.ts';
import { defineConnection } from '../platform/connection.ts';
import type { ReleaseCell, ReleaseProtection } from '../platform/prisma/client.ts';

export const ReleaseProtectionRef = builder
  .objectRef<ReleaseProtection>('ReleaseProtection')
  .implement({
    description:
      'How a release is protected. For its provider alone: the parameters help an attacker.',
    fields: (t) => ({
      rules: t.string({
        description: 'The rules and their parameters, as JSON.',
        resolve: ({ rules }) => JSON.stringify(rules),
      }),
      cells: t.exposeInt('cells', { description: 'Cells of the release.' }),
      primary: t.exposeInt('primary', { description: 'Suppressed because of what they are.' }),
      secondary: t.exposeInt('secondary', { description: 'Suppressed to protect others.' }),
    }),
  });

export const ReleaseCellRef = builder.objectRef<ReleaseCell>('ReleaseCell').implement({
  description:
    'A cell of a release with its true value and what was decided. For its provider alone.',
  fields: (t) => ({
    key: t.exposeString('key', {
      description: 'indicator|area|scheme|group|breakdown|period, the same in every release.',
    }),
    value: t.field({
      type: 'Int64',
      description: 'The true value.',
      resolve: ({ value }) => value,
    }),
    unit: t.exposeString('unit', { description: 'List UNIT.' }),
    shown: t.exposeBoolean('shown', { description: 'Whether its value is published.' }),
    confStatus: t.exposeString('confStatus', {
      description:
        'SDMX CL_CONF_STATUS in full: F shown; A small counts; O, T, G, M dominance; D suppressed to protect others.',
    }),
    attackLower: t.field({
      type: 'Int64',
      nullable: true,
      description:
        'The least value that the attack on the release could not exclude, or a larger one with which it was content; null for a cell that needs no distance.',
      resolve: ({ attackLower }) => attackLower,
    }),
    attackUpper: t.field({
      type: 'Int64',
      nullable: true,
      description: 'The largest such value, or a smaller one; null where there is none.',
      resolve: ({ attackUpper }) => attackUpper,
    }),
    rules: t.exposeStringList('rules', { description: 'The primary rules that it breaks.' }),
  }),
});

export const ReleaseCellConnection = defineConnection('ReleaseCell', ReleaseCellRef as never);
