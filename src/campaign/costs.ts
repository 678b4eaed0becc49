/** What campaigns cost, in the schema: for the insurance agency of the territory and nobody else. */
import { builder } from '../platform/builder.ts';

const CampaignCostRef = builder.prismaNode('CampaignCost', {
  // A row that is not there is null, like one that is not yours.
  nullable: true,
  id: { field: 'id' },
  description: 'What one item of a campaign may cost and has cost.',
  fields: (t) => ({
    item: t.exposeString('item', { description: 'List COST_ITEM.' }),
    budget: t.expose('budget', { type: 'Int64', description: 'What it may cost, in dong.' }),
    spent: t.expose('spent', { type: 'Int64', description: 'What it has cost, in dong.' }),
  }),
});

interface Cost {
  readonly budget: bigint;
  readonly spent: bigint;
}

export const CampaignCostsRef = builder.objectRef<readonly Cost[]>('CampaignCosts').implement({
  description:
    'The costs of a campaign with their totals, for the insurance agency of its territory.',
  fields: (t) => ({
    items: t.field({
      type: [CampaignCostRef],
      description: 'The items that the caller may see, by their code.',
      resolve: (costs) => [...costs] as never,
    }),
    budget: t.field({
      type: 'Int64',
      description: 'What these items together may cost, in dong.',
      resolve: (costs) => costs.reduce((sum, cost) => sum + cost.budget, 0n),
    }),
    spent: t.field({
      type: 'Int64',
      description: 'What these items together have cost, in dong.',
      resolve: (costs) => costs.reduce((sum, cost) => sum + cost.spent, 0n),
    }),
  }),
});
