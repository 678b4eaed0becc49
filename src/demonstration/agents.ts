/** The places where networks collect premiums, and their tasks. Pure. */
import { addDays, instantOn, lastDay } from './calendar.ts';
import { between, chance, pick, pickWeighted, wholeBetween } from './seeded.ts';
import { contributorOf, provinceOf, provinces } from './sources.ts';
import { inProvince, type Commune, type Territory } from './territory.ts';

/** The networks that collect in a province, by how many points each has. */
const networks: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  '11': [
    ['demo-db-post', 45],
    ['demo-db-agents', 55],
  ],
  '15': [
    ['lc-commune-committees', 171],
    ['lc-farmers-network', 103],
    ['lc-post-network', 61],
    ['lc-medical-centres', 13],
    ['lc-womens-network', 12],
    ['lc-schools', 6],
    ['lc-employment-centre', 1],
  ],
  '40': [
    ['demo-na-post', 50],
    ['demo-na-agents', 50],
  ],
};

const place = ({ id, provinceId }: Commune) => ({
  topic: 'PARTNER',
  area_id: id,
  province_id: provinceId,
  source_id: 'demo-partner',
  contributor_id: contributorOf(id, provinceId),
});

function pointRow(commune: Commune, number: number) {
  const key = `${commune.code}-${number}`;
  const opened = addDays('2025-07-01', wholeBetween(`opened ${key}`, 0, 150));
  const isClosed = chance(`closed ${key}`) < 0.04;
  return {
    id: `demo-point-${key}`,
    ...place(commune),
    partner_id: pickWeighted(`network ${key}`, networks[provinceOf(commune.provinceId).code]!),
    name_vi: `Điểm thu mẫu ${commune.nameVi} ${number}`,
    name_en: `Sample collection point ${key}`,
    staff: wholeBetween(`staff ${key}`, 1, 3),
    opened_on: opened,
    closed_on: isClosed ? addDays(opened, wholeBetween(`life ${key}`, 60, 160)) : null,
    published_at: instantOn(addDays(opened, 7)),
    withdrawn_at: null,
  };
}

/** Done, still open, or overdue on the last day of the demonstration. */
function taskRow(commune: Commune, pointId: string, number: number) {
  const key = `${pointId}-${number}`;
  const assigned = addDays('2025-12-01', wholeBetween(`assigned ${key}`, 0, 200));
  const due = addDays(assigned, wholeBetween(`due ${key}`, 20, 75));
  const done = addDays(assigned, wholeBetween(`done ${key}`, 8, 80));
  const kind = pick(`kind ${key}`, ['RECRUIT', 'RECRUIT', 'RENEW', 'REPORT'] as const);
  const isDone = done <= lastDay && chance(`finished ${key}`) < 0.72;
  const schemes = ['VOLUNTARY_SI', 'HEALTH_INSURANCE'] as const;
  return {
    id: `demo-task-${key.slice('demo-point-'.length)}`,
    ...place(commune),
    point_id: pointId,
    kind,
    scheme: kind === 'REPORT' ? null : pick(`scheme ${key}`, schemes),
    goal: kind === 'RECRUIT' ? wholeBetween(`goal ${key}`, 3, 25) : null,
    assigned_on: assigned,
    due_on: due,
    completed_on: isDone ? done : null,
  };
}

/** Rows of the tables `agent_point` and `agent_task`: one or two points a commune, one or two tasks each. */
export function generateAgents(territory: Territory) {
  const communes = provinces.flatMap(({ id }) => inProvince(territory.current, id));
  const placed = communes.flatMap((commune) => {
    const count = chance(`points ${commune.id}`) < 0.5 ? 1 : 2;
    return Array.from({ length: count }, (_, i) => ({ commune, point: pointRow(commune, i + 1) }));
  });
  const tasks = placed.flatMap(({ commune, point }) => {
    if (point.closed_on !== null) return [];
    const count = between(`tasks ${point.id}`, 0, 1) < 0.6 ? 1 : 2;
    return Array.from({ length: count }, (_, i) => taskRow(commune, point.id, i + 1));
  });
  return { points: placed.map(({ point }) => point), tasks };
}
