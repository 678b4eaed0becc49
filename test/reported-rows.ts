/**
 * What the five documents say, figure by figure, written down a second time: figure, period, value,
 * unit (the measure of an output), denominator, qualifier, status, conflicts; a dash is nothing.
 */
export interface ReportedRow {
  readonly figureId: string;
  readonly timePeriod: string | null;
  readonly value: string | null;
  readonly unit: string | null;
  readonly denominator: string | null;
  readonly qualifier: string | null;
  readonly obsStatus: string;
  readonly conflicts: readonly string[];
}

function table(text: string): ReportedRow[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.map((line) => {
    const [figureId, ...rest] = line.split(' ');
    const cells = rest.map((value) => (value === '-' ? null : value));
    const [timePeriod, value, unit, denominator, qualifier, obsStatus, conflicts] = cells;
    if (cells.length !== 7) throw new Error(`Seven cells must follow the id: ${line}`);
    return {
      figureId: figureId!,
      timePeriod: timePeriod!,
      value: value!,
      unit: unit!,
      denominator: denominator!,
      qualifier: qualifier!,
      obsStatus: obsStatus!,
      conflicts: conflicts?.split(';') ?? [],
    };
  });
}

export const reportedRows: Readonly<
  Record<string, Readonly<Record<'observations' | 'targets' | 'outputs', readonly ReportedRow[]>>>
> = {
  'dien-bien-2024': {
    observations: table(`
      obs-db-si-coverage-undated - 14 PERCENT LABOUR_FORCE EXACT A cf-db-si-rate-period
      obs-db-si-coverage-2022-04 2022-04-30 14 PERCENT NOT_STATED EXACT A cf-db-si-rate-period
      obs-db-hi-coverage-2022-04 2022-04-30 95 PERCENT NOT_STATED EXACT A cf-db-hi-rate-base
      obs-db-all-participants-2022 2022 618406 PERSONS - EXACT A cf-db-all-schemes-count
      obs-db-all-participants-change-2022 2022 5644 PERSONS PREVIOUS_PERIOD EXACT A cf-db-all-schemes-count
      obs-db-si-beneficiaries-2022 2022 14878 PERSONS - EXACT A -
      obs-db-si-participants-2023-05 2023-05 50749 PERSONS - EXACT A cf-db-vsi-label
      obs-db-csi-participants-2023-05 2023-05 37470 PERSONS - EXACT A -
      obs-db-vsi-participants-2023-05 2023-05 13279 PERSONS - EXACT A cf-db-vsi-label;cf-db-vsi-trend
      obs-db-si-plan-achievement-2023-05 2023-05 89.6 PERCENT PLAN EXACT A cf-db-plan-ratio-scope;cf-db-si-plan-2023
      obs-db-hi-participants-2023-05 2023-05 596210 PERSONS - EXACT A -
      obs-db-hi-coverage-2023-05 2023-05 92.5 PERCENT POPULATION EXACT A cf-db-hi-rate-base
      obs-db-hi-plan-achievement-2023-05 2023-05 97.0 PERCENT PLAN EXACT A cf-db-hi-plan-2023
      obs-db-csi-participants-2022 2022 32656 PERSONS - EXACT A cf-db-csi-growth;cf-db-plan-source
      obs-db-csi-plan-achievement-2022 2022 80 PERCENT PLAN JUST_OVER A cf-db-loose-achievement;cf-db-plan-source
      obs-db-vsi-participants-2022 2022 14390 PERSONS - EXACT A cf-db-plan-source;cf-db-vsi-2023;cf-db-vsi-trend
      obs-db-vsi-plan-achievement-2022 2022 70 PERCENT PLAN NEARLY A cf-db-loose-achievement;cf-db-plan-source
      obs-db-csi-participants-2023 2023 42184 PERSONS - EXACT A cf-db-2023-source;cf-db-csi-growth;cf-db-si-plan-2023
      obs-db-csi-change-pct-2023 2023 12 PERCENT PREVIOUS_PERIOD EXACT A cf-db-2023-source;cf-db-csi-growth
      obs-db-csi-plan-achievement-2023 2023 83.44 PERCENT PLAN EXACT A cf-db-2023-source;cf-db-si-plan-2023
      obs-db-vsi-participants-2023 2023 324469 PERSONS - EXACT U cf-db-2023-source;cf-db-si-plan-2023;cf-db-vsi-2023
      obs-db-vsi-change-2023 2023 16229 PERSONS PREVIOUS_PERIOD EXACT U cf-db-2023-source;cf-db-vsi-2023
      obs-db-vsi-plan-achievement-2023 2023 105 PERCENT PLAN EXACT A cf-db-2023-source;cf-db-si-plan-2023
      obs-db-hi-participants-2023 2023 621653 PERSONS - EXACT A cf-db-2023-source;cf-db-all-schemes-count;cf-db-hi-plan-2023
      obs-db-hi-change-pct-2023 2023 4 PERCENT PREVIOUS_PERIOD EXACT A cf-db-2023-source;cf-db-all-schemes-count
      obs-db-hi-plan-exceedance-2023 2023 3.91 PERCENT PLAN EXACT A cf-db-2023-source;cf-db-hi-plan-2023
      obs-db-si-employees-change-2021 2021 - PERCENT PREVIOUS_PERIOD NEGATIVE O cf-db-2023-growth
      obs-db-si-withdrawals-2022 2022 - PERSONS - MANY O cf-db-2022-narrative
      obs-db-revenue-2022 2022 1279753 MILLION_VND - EXACT A cf-db-revenue-vs-participants
      obs-db-revenue-achievement-2022 2022 100.25 PERCENT PLAN EXACT A cf-db-revenue-vs-participants
      obs-db-revenue-change-2022 2022 39614 MILLION_VND PREVIOUS_PERIOD EXACT A -
      obs-db-debt-2022 2022 - MILLION_VND - MANY O cf-db-debt-scheme
      obs-db-debt-2023 2023 - MILLION_VND - HIGH O -
      obs-db-population-2022 2022 635921 PERSONS - EXACT P -
      obs-db-population-change-pct-2022 2022 1.73 PERCENT PREVIOUS_PERIOD EXACT P -
      obs-db-population-change-2022 2022 10832 PERSONS PREVIOUS_PERIOD EXACT P -
      obs-db-population-urban-2022 2022 96668 PERSONS - EXACT P -
      obs-db-share-urban-2022 2022 15.20 PERCENT POPULATION EXACT P -
      obs-db-population-rural-2022 2022 539253 PERSONS - EXACT P -
      obs-db-share-rural-2022 2022 84.80 PERCENT POPULATION EXACT P -
      obs-db-population-male-2022 2022 322959 PERSONS - EXACT P -
      obs-db-share-male-2022 2022 50.79 PERCENT POPULATION EXACT P -
      obs-db-population-female-2022 2022 312962 PERSONS - EXACT P -
      obs-db-share-female-2022 2022 49.21 PERCENT POPULATION EXACT P -
      obs-db-units-district-level-2019 2019 10 UNITS - EXACT A cf-area-tua-chua-levels
      obs-db-units-cities-2019 2019 1 UNITS - EXACT A -
      obs-db-units-district-towns-2019 2019 1 UNITS - EXACT A -
      obs-db-units-districts-2019 2019 8 UNITS - EXACT A -
      obs-db-units-commune-level-2019 2019 129 UNITS - EXACT A cf-area-tua-chua-levels
      obs-db-units-wards-2019 2019 9 UNITS - EXACT A -
      obs-db-units-commune-towns-2019 2019 5 UNITS - EXACT A -
      obs-db-units-communes-2019 2019 115 UNITS - EXACT A -
      obs-db-ethnic-groups-2019 2019-04-01 42 GROUPS - EXACT A cf-db-ethnic-group-count
      obs-db-population-mong-first-2019 2019-04-01 228279 PERSONS - EXACT A cf-db-mong-twice
      obs-db-share-mong-first-2019 2019-04-01 38.1 PERCENT POPULATION EXACT A cf-db-mong-twice
      obs-db-population-mong-second-2019 2019-04-01 213714 PERSONS - EXACT U cf-db-mong-twice
      obs-db-share-mong-second-2019 2019-04-01 35.6 PERCENT POPULATION EXACT U cf-db-mong-twice
      obs-db-population-kinh-2019 2019-04-01 104061 PERSONS - EXACT A -
      obs-db-share-kinh-2019 2019-04-01 17.3 PERCENT POPULATION EXACT A cf-db-minority-share
      obs-db-share-minorities-intro - 90 PERCENT POPULATION UP_TO A cf-db-minority-share
      obs-db-share-minorities-causes - 90 PERCENT POPULATION EXACT A cf-db-minority-share
      obs-db-border-total - 400 KILOMETRES - MORE_THAN A -
      obs-db-border-laos - 360 KILOMETRES - EXACT A -
      obs-db-border-china - 40.86 KILOMETRES - EXACT A -
      obs-db-neighbours - 2 COUNTRIES - EXACT A -
      obs-db-literacy-2019 2019-04-01 73.1 PERCENT NOT_STATED EXACT A -
      obs-db-poverty - - PERCENT NOT_STATED HIGH O -
    `),
    targets: table(`
      tgt-vn-si-coverage-2021 2021 35 PERCENT LABOUR_FORCE ABOUT A cf-res28-target-order
      tgt-vn-si-coverage-2025 2025 45 PERCENT LABOUR_FORCE ABOUT A cf-res28-target-order
      tgt-vn-si-coverage-2030 2030 60 PERCENT LABOUR_FORCE ABOUT A cf-res28-target-order
      tgt-db-csi-participants-2022 2022 39223 PERSONS - EXACT A cf-db-loose-achievement;cf-db-plan-source
      tgt-db-vsi-participants-2022 2022 21971 PERSONS - EXACT A cf-db-loose-achievement;cf-db-plan-source
      tgt-db-revenue-2022 2022 - MILLION_VND - - L -
      tgt-db-si-participants-2023-may 2023 - PERSONS - - L cf-db-plan-ratio-scope;cf-db-si-plan-2023
      tgt-db-hi-participants-2023-may 2023 - PERSONS - - L cf-db-hi-plan-2023
      tgt-db-csi-participants-2023 2023 - PERSONS - - L cf-db-si-plan-2023
      tgt-db-vsi-participants-2023 2023 - PERSONS - - L cf-db-si-plan-2023;cf-db-vsi-2023
      tgt-db-hi-participants-2023 2023 - PERSONS - - L cf-db-hi-plan-2023
      tgt-nmm-goal-security - - - - - M -
    `),
    outputs: [],
  },
  'lao-cai-2024': {
    observations: table(`
      obs-lc-debt-undated - - MILLION_VND - INCREASE O -
      obs-lc-distance-rail - 296 KILOMETRES - EXACT A -
      obs-lc-distance-road - 375 KILOMETRES - EXACT A -
      obs-nmm-provinces - 14 UNITS - EXACT A -
      obs-lc-units-district-level - 9 UNITS - EXACT A cf-lc-district-naming
    `),
    targets: table(`
      tgt-vn-goal-universal-lc - - - - - M -
      tgt-vn-goal-communication-vss - - - - - M -
      tgt-vn-goal-project-2019 2019-11-21 - - - - M cf-issuer-decision-1676
    `),
    outputs: [],
  },
  'nghe-an-2017': {
    observations: table(`
      obs-na-fdi-employees-change-2016 2016 - PERSONS PREVIOUS_PERIOD DECREASE O -
      obs-na-hi-coverage-2016 2016-12-31 81.48 PERCENT POPULATION EXACT A -
      obs-na-hi-students-coverage-2016 2016-12-31 95.82 PERCENT PARTICIPANT_GROUP EXACT A -
      obs-na-employer-group-coverage-2016 2016 87.2 PERCENT PARTICIPANT_GROUP EXACT A -
      obs-na-employer-group-exceedance-2016 2016 0.2 PERCENTAGE_POINTS PLAN EXACT A cf-na-percent-points
      obs-na-hi-households-coverage-2016 2016 33.8 PERCENT PARTICIPANT_GROUP EXACT A -
      obs-na-hi-households-exceedance-2016 2016 4.8 PERCENTAGE_POINTS PLAN EXACT A cf-na-percent-points
      obs-na-revenue-2016 2016 4706950 MILLION_VND - EXACT A -
      obs-na-revenue-achievement-2016 2016 103.77 PERCENT PLAN EXACT A -
      obs-na-revenue-change-2016 2016 515270 MILLION_VND PREVIOUS_PERIOD EXACT A -
      obs-na-revenue-achievement-change-2016 2016 2.89 PERCENTAGE_POINTS PREVIOUS_PERIOD EXACT A cf-na-percent-points
      obs-na-debt-2016 2016-12-31 70671 MILLION_VND - EXACT A -
      obs-na-debt-ratio-2016 2016-12-31 1.56 PERCENT RECEIVABLE EXACT A -
      obs-na-debt-ratio-change-2016 2016-12-31 -1.14 PERCENTAGE_POINTS PREVIOUS_PERIOD EXACT A cf-na-percent-points
      obs-na-population-size-2016 2016 - PERSONS - HIGH O -
    `),
    targets: table(`
      tgt-na-hi-coverage-2016 2016 81 PERCENT POPULATION EXACT A -
      tgt-na-employer-group-coverage-2016 2016 - PERCENT PARTICIPANT_GROUP - L cf-na-percent-points
      tgt-na-hi-households-coverage-2016 2016 - PERCENT PARTICIPANT_GROUP - L cf-na-percent-points
      tgt-na-revenue-2016 2016 - MILLION_VND - - L -
      tgt-na-receivable-2016 2016 - MILLION_VND - - L -
      tgt-na-communication-budget-2016 2016 - VND - - L -
      tgt-na-debtor-sessions-2016 2016 1 SESSIONS_PER_MONTH - AT_LEAST A -
      tgt-na-goal-department - - - - - M -
      tgt-na-goal-funding - - - - - M -
    `),
    outputs: table(`
      out-na-sessions-2016 2016 - SESSIONS - HUNDREDS O -
      out-na-farmer-contests-2016 2016 2 EVENTS - EXACT A cf-lc-form-classification
      out-na-student-contest-areas-2016 2016 4 AREAS_COVERED - EXACT A cf-lc-form-classification
      out-na-debtor-sessions-2016 2016 1 SESSIONS_PER_MONTH - AT_LEAST A -
    `),
  },
  'tua-chua-2025': {
    observations: table(`
      obs-tc-vsi-new-2025-11 2025-11 53 PERSONS - EXACT A cf-tc-november;cf-tc-undated
      obs-tc-hi-households-new-2025-11 2025-11 4 PERSONS - EXACT A cf-tc-undated
      obs-tc-vsi-new-2025 2025 738 PERSONS - EXACT A cf-tc-net-vs-gross;cf-tc-november
      obs-tc-csi-participants-2025 2025 3022 PERSONS - EXACT A cf-tc-undated
      obs-tc-csi-plan-achievement-2025 2025 103.3 PERCENT PLAN EXACT A cf-tc-undated
      obs-tc-hi-participants-2025 2025 73700 PERSONS - EXACT A cf-tc-undated
      obs-tc-hi-plan-achievement-2025 2025 100.2 PERCENT PLAN EXACT A cf-tc-undated
      obs-tc-vsi-participants-2025 2025 1255 PERSONS - EXACT A cf-tc-undated
      obs-tc-vsi-change-2025 2025 87 PERSONS PREVIOUS_PERIOD EXACT A cf-tc-net-vs-gross;cf-tc-undated
      obs-tc-units-communes-2025 2025 5 UNITS - EXACT A cf-area-tua-chua-levels
      obs-tc-share-minorities-2025 2025 95 PERCENT POPULATION NEARLY A -
      obs-db-ethnic-groups-teaser - 19 GROUPS - EXACT A cf-db-ethnic-group-count
    `),
    targets: table(`
      tgt-tc-csi-participants-2025 2025 - PERSONS - - L -
      tgt-tc-hi-participants-2025 2025 - PERSONS - - L -
    `),
    outputs: table(`
      out-tc-conference-events-2025 2025 81 EVENTS - EXACT A cf-tc-attendees-scope
      out-tc-small-group-sessions-2025 2025 139 SESSIONS - EXACT A cf-tc-attendees-scope
      out-tc-attendees-2025 2025 4785 ATTENDEES - EXACT A cf-tc-attendees-scope
      out-tc-festival-sessions-2025-11 2025-11 - SESSIONS - MANY O cf-tc-undated
    `),
  },
  'vss-2023': {
    observations: table(`
      obs-vn-si-participants-2022 2022 17500000 PERSONS - ROUNDED A cf-vn-si-rate-base
      obs-vn-si-coverage-2022 2022 38.08 PERCENT LABOUR_FORCE EXACT A cf-vn-si-rate-base
      obs-vn-hi-participants-2022 2022 91074000 PERSONS - ROUNDED A cf-vn-hi-rate-2022
      obs-vn-hi-coverage-2022 2022 94.04 PERCENT POPULATION EXACT U cf-vn-hi-rate-2022
      obs-vn-vsi-minimum-2022 2022 - VND PREVIOUS_PERIOD INCREASE O -
    `),
    targets: table(`
      tgt-vn-si-coverage-2022 2022 - PERCENT LABOUR_FORCE - L cf-vn-si-rate-base
      tgt-vn-hi-coverage-2022 2022 - PERCENT POPULATION - L cf-vn-hi-rate-2022
      tgt-vn-goal-universal-vss - - - - - M -
      tgt-vn-goal-products-voluntary - - - - - M -
    `),
    outputs: table(`
      out-vn-media-items-2022-2023 2022-01-01/P18M 47200 ARTICLES - ABOUT A -
      out-vn-conference-events-2022-2023 2022-01-01/P18M 57000 EVENTS - MORE_THAN A -
      out-vn-conference-attendees-2022-2023 2022-01-01/P18M 2220000 ATTENDEES - ROUNDED A -
      out-vn-small-group-sessions-2022-2023 2022-01-01/P18M 197400 SESSIONS - ABOUT A -
      out-vn-small-group-attendees-2022-2023 2022-01-01/P18M 1400000 ATTENDEES - ABOUT A -
      out-vn-loudspeaker-broadcasts-2022-2023 2022-01-01/P18M 1600000 BROADCASTS - MORE_THAN A -
    `),
  },
};
