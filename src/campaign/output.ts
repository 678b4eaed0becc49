/** A count of what was done, as a figure: its unit is its measure, and it has no indicator. Pure. */
import type { Figure } from '../observation/figure.ts';
import type {
  Activity,
  Area,
  Campaign,
  CampaignOutput,
  Partner,
  Source,
} from '../platform/prisma/client.ts';

/** A row with what the interface of figures needs; the other relations may be joined or not. */
export type OutputRow = CampaignOutput & {
  readonly area: Area;
  readonly source: Source;
  readonly partner?: Partner | null;
  readonly campaign?: Campaign | null;
  readonly activity?: Activity | null;
};

export type OutputFigure = OutputRow & Figure & { readonly figureId: string };

export function asFigure(row: OutputRow): OutputFigure {
  return {
    ...row,
    indicator: null,
    scheme: null,
    schemeComponents: [],
    participantGroup: null,
    unit: row.measure,
    denominator: null,
  };
}
