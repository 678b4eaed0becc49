/** Asking for what changed since the last visit: how a partner keeps a replica of what it may read. */
import { builder } from '../platform/builder.ts';
import { joined, lookAhead } from '../platform/look-ahead.ts';
import { fewRows } from '../platform/limits.ts';
import { changesMax, readChanges, type Change, type Changes } from './changes-data.ts';
import { ObservationFilter } from './queries.ts';
import { RecordedObservationRef } from './types.ts';

const ReplicaAction = builder.enumType('ReplicaAction', {
  description: 'What to do in the replica; both may be done twice without harm.',
  values: {
    REPLACE: {
      description:
        'Put the version in the place of the one with this id, or add it (action R of SDMX-CSV 2.0). It is new to the caller, or another version has taken its place: then it has a `knownTo`.',
    },
    DELETE: {
      description:
        'Remove the version with this id, if it is there (action D of SDMX-CSV 2.0): it was withdrawn, and is known at no instant any more.',
    },
  } as const,
});

const ObservationChangeRef = builder.objectRef<Change>('ObservationChange').implement({
  description: 'What happened to one version of a figure.',
  fields: (t) => ({
    action: t.field({
      type: ReplicaAction,
      description: 'What to do with it.',
      resolve: ({ action }) => action,
    }),
    id: t.globalID({
      description: 'The id of the version, as `RecordedObservation.id`.',
      resolve: ({ row }) => ({ type: 'RecordedObservation', id: row.id }),
    }),
    observation: t.field({
      type: RecordedObservationRef,
      nullable: true,
      description:
        'The version as of the end of this run of pages; null where it is to be removed.',
      resolve: (change) => (change.action === 'REPLACE' ? (change.row as never) : null),
    }),
  }),
});

const ObservationChangesRef = builder.objectRef<Changes>('ObservationChanges').implement({
  description: 'A page of changes.',
  fields: (t) => ({
    changes: t.field({
      type: [ObservationChangeRef],
      description: 'The changes, to be applied in any order.',
      // The argument `first` of the field above has counted them.
      extensions: fewRows(1),
      resolve: ({ changes }, _args, context) => {
        // An id that goes away is told as well, and of whose row.
        for (const { action, row } of changes) {
          if (action === 'DELETE') context.draft.given('ObservationChange', row);
        }
        return [...changes];
      },
    }),
    cursor: t.exposeString('cursor', {
      description:
        'How far the replica is when it has applied this page: give it as `updatedAfter` next time. Opaque, sealed, and of no use to another agency. Keep it together with the data.',
    }),
    more: t.exposeBoolean('more', {
      description:
        'Whether this run goes on: ask again at once. When it is false, the replica is what the caller may read as of the beginning of the run.',
    }),
  }),
});

builder.queryFields((t) => ({
  observationChanges: t.field({
    type: ObservationChangesRef,
    description:
      'The versions of figures that were added, closed or withdrawn since the last visit, as far as the caller may see them: for a replica. Begin without `updatedAfter` and an empty replica, apply each page, and go on with its `cursor` while there is `more`; come back with the last cursor later. The replica then holds what `observations(includeHistory: true)` lists: a version is known at an instant if `knownFrom` is not after it and `knownTo` null or after it, as `asOf` would tell. A correction closes one version and adds another. A figure counts from its publication: what is read before (pre-release access) is not in it. Changes of transactions that are still open, and all of later ones, come with the next visit. Errors: RESYNC_REQUIRED (empty the replica and begin again), CURSOR_INVALID, CHANGES_UNAVAILABLE.',
    args: {
      where: t.arg({
        type: ObservationFilter,
        description: 'Which figures; the same at each visit, else RESYNC_REQUIRED.',
      }),
      updatedAfter: t.arg.string({
        description: 'The `cursor` of the page before; without it, all that is there.',
      }),
      first: t.arg.int({
        description: `How many changes: 1 to ${changesMax}; 20 when left out. Else FIRST_OUT_OF_BOUNDS.`,
      }),
    },
    resolve: (_root, args, context, info) => {
      const below = (field: string) => [['changes', 'observation', field]];
      const area = lookAhead(context, info, 'Area', below('refArea'));
      const source = lookAhead(context, info, 'Source', below('source'));
      return readChanges(context, {
        ...args,
        look: { ...joined('area', area), ...joined('source', source) },
      });
    },
  }),
}));
