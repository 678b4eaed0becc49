/** The questions of the tour, and how their answers are shown. */
import type { Language } from '../platform/errors.ts';

type Data = Record<string, unknown>;

export interface Stop {
  readonly topic: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly question: string;
  show(data: Data, language: Language): string[];
  /** What to ask where the first question does not exist for the role. */
  readonly otherwise?: Pick<Stop, 'question' | 'show'>;
}

export const words = {
  en: {
    reach: {
      INTERNAL: 'internal rows of its territory, and what is published',
      PARTY: 'rows to which it is a confirmed party, and what is published',
      PUBLISHED: 'what is published',
      NONE: 'no business data',
    } as Readonly<Record<string, string>>,
    none: 'no row in reach',
    recorded: 'Each of these answers is on the access log:',
  },
  vi: {
    reach: {
      INTERNAL: 'số liệu nội bộ trên địa bàn của mình và số liệu đã công bố',
      PARTY: 'số liệu mà cơ quan là một bên đã được xác nhận và số liệu đã công bố',
      PUBLISHED: 'số liệu đã công bố',
      NONE: 'không có dữ liệu nghiệp vụ',
    } as Readonly<Record<string, string>>,
    none: 'không có dòng nào trong phạm vi',
    recorded: 'Mỗi câu trả lời trên đây đều nằm trong nhật ký truy cập:',
  },
  command:
    "npx lienthong query --as audit-vn '{ accessRecords(first: 8) { nodes { agency outcome given { type rows } } } }'",
} as const;

interface Figure {
  readonly value: string | null;
  readonly obsStatus: string;
  readonly reason: string | null;
  readonly timePeriod: string;
  readonly source: { readonly nature: string };
}

interface Coverage {
  readonly participants: Figure | null;
}

interface Employer {
  readonly nameVi: string;
}

interface Debt {
  readonly asOf: string;
  readonly employer: Employer | null;
  readonly amount: string;
  readonly monthsLate: number;
  readonly state: string;
  readonly workersAffected: number | null;
  readonly workersBand: string;
}

interface Entry extends Employer {
  readonly amount: string;
  readonly monthsLate: number;
  readonly listedAs: string;
  readonly list: { readonly timePeriod: string; readonly debtOn: string } | null;
}

interface List<Row> {
  readonly totalCount: number;
  readonly nodes: readonly Row[];
}

const sentences = {
  en: {
    persons: 'persons',
    months: 'months',
    workers: 'workers',
    owing: 'debts in reach on',
    largest: 'the largest',
    listed: 'employers on the statutory list of',
    province: 'Điện Biên',
    commune: 'commune of Tủa Chùa',
  },
  vi: {
    persons: 'người',
    months: 'tháng',
    workers: 'lao động',
    owing: 'khoản nợ trong phạm vi vào ngày',
    largest: 'lớn nhất',
    listed: 'đơn vị trong danh sách theo luật quý',
    province: 'tỉnh Điện Biên',
    commune: 'xã Tủa Chùa',
  },
} as const;

/** Digits in groups of three, as both languages write them with a space. */
const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ' ');

function shownFigure({ participants }: Coverage, language: Language): string {
  if (!participants) return words[language].none;
  const { value, reason, obsStatus, timePeriod, source } = participants;
  const count =
    value === null
      ? `– (${reason ?? obsStatus})`
      : `${grouped(value)} ${sentences[language].persons}`;
  return `${count}, ${timePeriod}, ${source.nature}`;
}

function shownPlace(data: Data, place: 'province' | 'commune', language: Language): string {
  const rows = data[place] as readonly Coverage[];
  const shown = rows.map((row) => shownFigure(row, language)).join('; ');
  return `${sentences[language][place]}: ${shown || words[language].none}`;
}

const figure = '{ participants { value obsStatus reason timePeriod source { nature } } }';
const voluntary = 'timePeriod: "2026-06", scheme: "VOLUNTARY_SI"';
const dienBien = '{ code: "11", vintage: "2025-07" }';

const coverage: Stop = {
  topic: 'ENROLLMENT',
  title: {
    en: '1. Coverage: how many people are in the voluntary scheme, June 2026?',
    vi: '1. Độ bao phủ: có bao nhiêu người tham gia bảo hiểm xã hội tự nguyện, tháng 6/2026?',
  },
  question: `{
    province: coverage(area: ${dienBien}, ${voluntary}) ${figure}
    commune: coverage(area: { code: "03217", vintage: "2025-07" }, ${voluntary}) ${figure}
  }`,
  show: (data, language) => [
    shownPlace(data, 'province', language),
    shownPlace(data, 'commune', language),
  ],
};

function shownDebt(debt: Debt, language: Language): string {
  const { months, workers } = sentences[language];
  const { employer, amount, monthsLate, state, workersAffected, workersBand } = debt;
  const count = workersAffected === null ? workersBand : String(workersAffected);
  return `${employer?.nameVi ?? '–'}: ${grouped(amount)} VND, ${monthsLate} ${months}, ${count} ${workers}, ${state}`;
}

const statutoryList: Stop['otherwise'] = {
  question: `{ statutoryListEntries(first: 1, where: { within: ${dienBien} }) {
    totalCount nodes { nameVi amount monthsLate listedAs list { timePeriod debtOn } } } }`,
  show: (data, language) => {
    const { totalCount, nodes } = data['statutoryListEntries'] as List<Entry>;
    const { listed, months, largest: most } = sentences[language];
    const { timePeriod = '–', debtOn = '–' } = nodes[0]?.list ?? {};
    const largest = nodes.map(
      ({ nameVi, amount, monthsLate, listedAs }) =>
        `${nameVi}: ${grouped(amount)} VND, ${monthsLate} ${months}, ${listedAs}`,
    );
    return [`${totalCount} ${listed} ${timePeriod} (${debtOn}), ${most}:`, ...largest];
  },
};

const debt: Stop = {
  topic: 'DEBT',
  title: {
    en: '2. Debt: who owes most in Điện Biên?',
    vi: '2. Nợ đóng: đơn vị nào nợ nhiều nhất ở Điện Biên?',
  },
  question: `{ debtPositions(first: 1, where: { within: ${dienBien}, amountMin: "1" }, orderBy: AMOUNT_DESC) {
    totalCount
    nodes { asOf employer { nameVi } amount monthsLate state workersAffected workersBand } } }`,
  show: (data, language) => {
    const { totalCount, nodes } = data['debtPositions'] as List<Debt>;
    const { owing, largest } = sentences[language];
    return [
      `${totalCount} ${owing} ${nodes[0]?.asOf ?? '–'}, ${largest}:`,
      ...nodes.map((row) => shownDebt(row, language)),
    ];
  },
  otherwise: statutoryList,
};

export const stops: readonly Stop[] = [coverage, debt];
