/** From what a caller said of an agreement to the rows that say it. */
import { findAreas, type AreaKey } from '../area/data.ts';
import type { Reach } from '../identity/principal.ts';
import type { Context } from '../platform/context.ts';
import { PublicError } from '../platform/errors.ts';
import type { Topic } from '../policy/types.ts';
import { checkedList, checkedNumber, checkedText } from '../platform/checked.ts';

type Given<T> = T | null | undefined;

/** As the inputs of drafts and amendments have it; null and left out are the same. */
export interface AgreementContent {
  readonly legalBasis?: Given<string>;
  readonly validFrom?: Given<Date>;
  readonly validTo?: Given<Date>;
  readonly topics?: Given<readonly { readonly topic: Topic; readonly reach: Reach }[]>;
  readonly areas?: Given<readonly AreaKey[]>;
  readonly purposes?: Given<readonly string[]>;
  readonly contact?: Given<string>;
  readonly retentionMonths?: Given<number>;
  readonly afterRetention?: Given<string>;
  readonly terms?: Given<Readonly<Record<string, Given<string>>>>;
}

/** The rows beside the grant's own; null where nothing was said. */
export interface AgreementParts {
  readonly topics: readonly { readonly topic: Topic; readonly reach: Reach }[] | null;
  readonly areaIds: readonly string[] | null;
  readonly purposes: readonly string[] | null;
}

const retentionBounds: [number, number] = [0, 1200];

/** The columns of what was said; what was not said is left out. */
export function contentColumns(said: AgreementContent) {
  const text = (field: 'legalBasis' | 'contact' | 'afterRetention') =>
    said[field] == null ? {} : { [field]: checkedText(field, said[field]) };
  return {
    ...text('legalBasis'),
    ...text('contact'),
    ...text('afterRetention'),
    ...(said.validFrom ? { validFrom: said.validFrom } : {}),
    ...(said.validTo ? { validTo: said.validTo } : {}),
    ...(said.retentionMonths == null
      ? {}
      : {
          retentionMonths: checkedNumber('retentionMonths', said.retentionMonths, retentionBounds),
        }),
    ...(said.terms ? { terms: termsOf(said.terms) } : {}),
  };
}

function termsOf(said: Readonly<Record<string, Given<string>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(said).flatMap(([point, text]) =>
      text == null ? [] : [[point, checkedText(`terms.${point}`, text)]],
    ),
  );
}

/** Areas by their keys; what is wrong with one names the field that it stands in. */
async function areaIds(context: Context, keys: readonly AreaKey[]): Promise<string[]> {
  try {
    const areas = await findAreas(context, keys);
    return areas.map(({ id }) => id);
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    throw new PublicError(error.code, { ...error.parameters, field: 'areas' });
  }
}

/** Read before the change begins: it needs a connection of its own. */
export async function readParts(
  context: Context,
  { topics, areas, purposes }: Pick<AgreementContent, 'topics' | 'areas' | 'purposes'>,
): Promise<AgreementParts> {
  if (areas) checkedList('areas', areas, ({ code, vintage }) => `${code}@${vintage ?? ''}`);
  const ids = areas ? await areaIds(context, areas) : null;
  for (const id of ids ?? []) context.draft.areas.add(id);
  return {
    topics: topics ? checkedList('topics', topics, ({ topic }) => topic) : null,
    areaIds: ids ? checkedList('areas', ids, (id) => id) : null,
    purposes: purposes ? checkedList('purposes', purposes, (code) => code) : null,
  };
}
