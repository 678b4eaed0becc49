/** What a first start prints: where the gateway is and a ready question for each role. */

const coverageOf2022 =
  '{ coverage(area: {code: "VN-DB"}, timePeriod: "2022", scheme: "COMPULSORY_SI") { participants { value } plan { value } achievementComputed { value } achievementPrinted { value qualifier } } }';

/** One demonstration agency of each role with a question that its work would ask. */
export const readyQuestions = [
  { agency: 'si-dien-bien', question: coverageOf2022 },
  {
    agency: 'labour-nghe-an',
    question:
      '{ debtPositions(first: 5, where: {monthsLateMin: 3}, orderBy: MONTHS_DESC) { totalCount nodes { employer { nameVi } amount monthsLate state legalBasis workersAffected } } }',
  },
  {
    agency: 'union-lao-cai',
    question:
      '{ debtPositions(first: 5, orderBy: WORKERS_DESC) { totalCount nodes { employer { nameVi } amount monthsLate workersAffected workersBand reason } } }',
  },
  {
    agency: 'press-vn',
    question:
      '{ observations(where: {area: {code: "VN"}, timePeriod: "2022"}) { nodes { indicator scheme value unit obsStatus reason source { title } } } }',
  },
  {
    agency: 'audit-vn',
    question:
      '{ accessRecords(first: 5) { nodes { number agency purpose outcome given { type rows } } } }',
  },
  {
    agency: 'steward-vn',
    question: '{ grants(first: 5) { nodes { code state topics { topic reach } } } }',
  },
] as const;

export function greeting(address: string, demonstration: boolean): string {
  const lines = [`Liên Thông answers at ${address}/graphql`];
  if (demonstration) {
    lines.push('', 'What each role gets of the same two questions:', '  npx lienthong tour');
    lines.push('', 'A ready question for each role:');
    for (const { agency, question } of readyQuestions) {
      lines.push(`  npx lienthong query --as ${agency} '${question}'`);
    }
  }
  return `${lines.join('\n')}\n\n`;
}
