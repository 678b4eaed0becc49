/** Accredited access before a release's instant, in the schema. */
import { builder } from '../platform/builder.ts';
import type { PreReleaseAccess } from '../platform/prisma/client.ts';

export const PreReleaseAccessRef = builder
  .objectRef<PreReleaseAccess>('PreReleaseAccess')
  .implement({
    description:
      'A named agency that may read a named release before its instant. Listed for everybody afterwards.',
    fields: (t) => ({
      code: t.exposeString('id', { description: 'Its code.' }),
      release: t.exposeString('releaseId', { description: 'The code of the release.' }),
      agency: t.exposeString('agencyId', { description: 'The code of the agency.' }),
      validFrom: t.expose('validFrom', { type: 'DateTime', description: 'The first instant.' }),
      validTo: t.expose('validTo', {
        type: 'DateTime',
        description: 'The first instant after it.',
      }),
      reason: t.exposeString('reason', { description: 'Why.' }),
      approvedAt: t.expose('approvedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When a second person approved it; null before, and then it does not count.',
      }),
      revokedAt: t.expose('revokedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was ended early; null else.',
      }),
      requestedBy: t.exposeString('requestedBy', { description: 'The post that asked for it.' }),
      approvedBy: t.exposeString('approvedBy', {
        nullable: true,
        description: 'The second person’s post.',
      }),
    }),
  });
