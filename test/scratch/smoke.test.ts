import { expect, test } from 'vitest';
import { openGateway } from '../support/gateway.ts';
test('smoke', async () => {
  const g = await openGateway({ kind: 'EMBEDDED', demonstration: true });
  const show = async (agency: string, q: string) => {
    const r = await g.ask(agency, q + ' fragment D on Observation { value unit obsStatus reason denominator timePeriod ... on DerivedObservation { formula } }');
    console.log(agency, q.slice(0, 120), JSON.stringify(r.data, null, 1), JSON.stringify(r.errors));
  };
  await show('press-vn', `{ targetGaps(area:{code:"VN"}, timePeriod:"2022", scheme:"SOCIAL_INSURANCE") { instrument{code} rate{...D} line{...D} gap{...D} gapPersons{...D} personsBasis nextTarget{timePeriod value} pace{...D} pacePersons{...D} } }`);
  await show('press-vn', `{ targetGaps(area:{code:"VN"}, timePeriod:"2025") { instrument{code} rate{...D scheme} line{...D} gap{...D} gapPersons{...D} personsBasis nextTarget{timePeriod value} pace{...D} pacePersons{...D} } }`);
  await show('press-vn', `{ enrolmentFlows(area:{code:"VN-DB-TC"}, scheme:"VOLUNTARY_SI", from:"2025", to:"2025") { sourceCode opening{...D} joined{...D} returned{...D} left{...D} leftByReason{reason figure{...D}} closing{...D} netChange{...D} residual{...D} leftOrUnexplained{...D conflicts{code}} } }`);
  await show('si-tua-chua', `{ enrolmentFlows(area:{code:"03217",vintage:"2025-07"}, scheme:"VOLUNTARY_SI", from:"2025-07", to:"2026-06") { sourceCode opening{...D} joined{...D} returned{...D} left{...D} leftByReason{reason figure{value}} closing{...D} netChange{...D} residual{...D} leftOrUnexplained{...D} } }`);
  await show('press-vn', `{ enrolmentFlows(area:{code:"03217",vintage:"2025-07"}, scheme:"VOLUNTARY_SI", from:"2025-07", to:"2026-06") { sourceCode } }`);
  await show('press-vn', `{ changeContributions(area:{code:"11",vintage:"2025-06"}, timePeriod:"2025-03-31", scheme:"SOCIAL_INSURANCE") { division totalBasis sourceCode now{...D} before{...D} change{...D} points{...D} parts{scheme participantGroup change{...D} points{...D}} residual{...D} residualPoints{...D} } }`);
  await show('press-vn', `{ coverageRanks(area:{code:"11",vintage:"2025-07"}, timePeriod:"2026-03-31", scheme:"VOLUNTARY_SI") { measure nature denominator siblings ranked withoutValue parent{code} rank{rank isTied figure{...D}} ranks{rank refArea{code} figure{value}} } }`);
  await show('press-vn', `{ coverageRanks(area:{code:"VN-DB"}, timePeriod:"2023", scheme:"HEALTH_INSURANCE", measure:RATE_COMPUTED) { measure nature denominator siblings ranked withoutValue rank{rank figure{...D}} } }`);
  await show('si-dien-bien', `{ coverage(area:{code:"03217",vintage:"2025-07"}, timePeriod:"2025-12") { scheme participantGroup sourceCode participants{...D} rateComputed{...D} denominatorRule{code} denominatorFigure{...D} } }`);
  await show('press-vn', `{ codeMappings(where:{relation:UNMAPPED}) { totalCount nodes { fromCode basis } } denominatorRules { code } targetLineRules { instrumentCode rule } }`);
  await g.close();
  expect(1).toBe(1);
}, 120000);
