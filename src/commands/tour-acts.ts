/** What the tour does beside asking: a table is released and attacked, an agreement is suspended. */
import { setTimeout } from 'node:timers/promises';
import type { Language } from '../platform/errors.ts';
import type { Answer } from './running-gateway.ts';
import { UsageError } from './usage.ts';

interface AskOptions {
  /** The agency's main one when left out. */
  readonly purpose?: string;
  /** Who acts; the agency's first post when left out. */
  readonly subject?: string;
}

/** Asks the gateway as a demonstration agency. */
export type Ask = (agency: string, query: string, options?: AskOptions) => Promise<Answer>;

/** Where the gateway is, and its data folder. */
export interface House {
  readonly address: string;
  readonly dataDirectory: string;
}

export interface Act {
  readonly title: Readonly<Record<Language, string>>;
  play(ask: Ask, language: Language, house: House): Promise<string[]>;
}

const codeOf = ({ errors }: Answer): string =>
  (errors?.[0] as { extensions?: { code?: string } } | undefined)?.extensions?.code ?? '';

/** The data of an answer, or the end of the tour: what it shows next would not be true. */
export function dataOf(answer: Answer): Record<string, unknown> {
  const [error] = answer.errors ?? [];
  if (error) throw new UsageError(error.message);
  return answer.data ?? {};
}

const release = 'tour-dien-bien-2026-q1';
const provider = 'si-dien-bien';
const dienBien = '{ code: "11", vintage: "2025-07" }';

const pollMillis = 500;

interface Made {
  readonly code: string;
  readonly state: string;
  readonly job: { readonly state: string; readonly errorCode: string | null } | null;
}

/** The release as it is when no job is at work on it any more: a job may last longer than its answer waits. */
async function settledRelease(ask: Ask): Promise<Made> {
  for (;;) {
    const text = '{ releases(first: 200) { nodes { code state job { state errorCode } } } }';
    const { releases } = dataOf(await ask(provider, text)) as {
      readonly releases: { readonly nodes: readonly Made[] };
    };
    const made = releases.nodes.find(({ code }) => code === release);
    if (!made) throw new UsageError(`The code ${release} is taken by another release.`);
    if (made.job?.state !== 'RUNNING') return made;
    await setTimeout(pollMillis);
  }
}

/** Drafts, protects and publishes the table, as far as an earlier tour has not done so. */
async function publishTable(ask: Ask): Promise<void> {
  const drafted = await ask(
    provider,
    `mutation { draftRelease(input: { code: "${release}", dataflow: "ENROLMENT_QUARTERLY", area: ${dienBien},
      timePeriod: "2026-Q1", exceptional: true, titleVi: "Người tham gia theo xã (minh họa)",
      titleEn: "Participants by commune (synthetic)" }) { code } }`,
  );
  const isThere = codeOf(drafted) === 'CODE_TAKEN';
  if (!isThere) dataOf(drafted);
  let state = isThere ? (await settledRelease(ask)).state : 'DRAFT';
  const step = async (agency: string, name: string, options?: AskOptions) => {
    const reply = await ask(agency, `mutation { ${name}(code: "${release}") { state } }`, options);
    const job = dataOf(reply)[name] as { readonly state: string };
    if (job.state !== 'RUNNING') return;
    const { state: after, job: ended } = await settledRelease(ask);
    if (after === state) throw new UsageError(ended?.errorCode ?? after);
  };
  if (state === 'DRAFT') {
    await step(provider, 'protectRelease');
    state = 'PROTECTED';
  }
  if (state !== 'PROTECTED') return;
  await step('steward-vn', 'approveRelease', { subject: 'steward-vn-second' });
}

interface Cell {
  readonly key: string;
  readonly confStatus: string;
  readonly attackLower: string | null;
  readonly attackUpper: string | null;
}

interface Shown {
  readonly refArea: { readonly nameVi: string };
  readonly value: string | null;
  readonly obsStatus: string;
  readonly confStatus: string;
  readonly reason: string | null;
}

const releaseWords = {
  en: {
    protected: (cells: number, primary: number, secondary: number) =>
      `${provider}: ${cells} cells; ${primary} suppressed because they are small, ${secondary} more so that no sum gives them away`,
    attacked: (name: string, lower: string, upper: string) =>
      `${provider}: the attack with all that is published leaves ${name} anywhere between ${lower} and ${upper}, at least`,
  },
  vi: {
    protected: (cells: number, primary: number, secondary: number) =>
      `${provider}: ${cells} ô; ${primary} ô bị che vì số nhỏ, ${secondary} ô nữa để không tổng nào làm lộ chúng`,
    attacked: (name: string, lower: string, upper: string) =>
      `${provider}: với mọi số liệu đã công bố, phép tấn công chỉ biết ${name} nằm giữa ${lower} và ${upper}, ít nhất là vậy`,
  },
} as const;

const attackedTable: Act = {
  title: {
    en: '3. A table by commune is released; small numbers are suppressed, and attacked.',
    vi: '3. Công bố bảng theo xã; số nhỏ bị che và bị tấn công thử.',
  },
  async play(ask, language) {
    await publishTable(ask);
    const { releases, releaseCells } = dataOf(
      await ask(
        provider,
        `{ releases(first: 200, where: { area: ${dienBien}, timePeriod: "2026-Q1" }) { nodes { code protection { cells primary secondary } } }
          releaseCells(release: "${release}", shown: false, first: 200) { nodes { key confStatus attackLower attackUpper } } }`,
      ),
    ) as {
      releases: { nodes: { code: string; protection: Record<string, number> | null }[] };
      releaseCells: { nodes: Cell[] };
    };
    const {
      cells = 0,
      primary = 0,
      secondary = 0,
    } = releases.nodes.find(({ code }) => code === release)?.protection ?? {};
    const cell = releaseCells.nodes.find(({ confStatus }) => confStatus === 'A');
    const [, area = '', scheme = ''] = (cell?.key ?? '').split('|');
    const [code, vintage] = area.split('@');
    const { observations } = dataOf(
      await ask(
        'press-vn',
        `{ observations(where: { area: { code: "${code}", vintage: "${vintage}" }, scheme: "${scheme}", release: "${release}" }) {
          nodes { refArea { nameVi } value obsStatus confStatus reason } } }`,
      ),
    ) as { observations: { nodes: Shown[] } };
    const [shown] = observations.nodes;
    const name = `${shown?.refArea.nameVi ?? area}, ${scheme}`;
    const { protected: table, attacked } = releaseWords[language];
    return [
      table(cells, primary, secondary),
      `press-vn: ${name}: ${shown?.value ?? '–'} (${shown?.obsStatus}, ${shown?.confStatus}: ${shown?.reason ?? ''})`,
      attacked(name, cell?.attackLower ?? '–', cell?.attackUpper ?? '–'),
    ];
  },
};

const agreement = 'grant-labour-dien-bien';
const consumer = 'labour-dien-bien';

const agreementWords = {
  en: {
    before: 'before',
    suspended: 'suspended by its provider',
    resumed: 'resumed',
    rows: 'debts in reach',
  },
  vi: {
    before: 'trước đó',
    suspended: 'bị bên cung cấp tạm dừng',
    resumed: 'được nối lại',
    rows: 'khoản nợ trong phạm vi',
  },
} as const;

/** What the consumer gets of the question now: how many rows, or why none. */
async function debts(ask: Ask, rows: string): Promise<string> {
  const answer = await ask(consumer, '{ debtPositions { totalCount } }', {
    purpose: 'LABOUR_SUPERVISION',
  });
  const list = answer.data?.['debtPositions'] as { totalCount: number } | null | undefined;
  return list ? `${list.totalCount} ${rows}` : (answer.errors?.[0]?.message ?? '');
}

const suspendedAgreement: Act = {
  title: {
    en: '4. An agreement is suspended, without a deployment.',
    vi: '4. Tạm dừng một thỏa thuận, không cần triển khai lại.',
  },
  async play(ask, language) {
    const { before, suspended, resumed, rows } = agreementWords[language];
    const lines = [`${consumer}, ${before}: ${await debts(ask, rows)}`];
    dataOf(
      await ask(
        provider,
        `mutation { suspendAgreement(code: "${agreement}", reason: "A tour.") { state } }`,
      ),
    );
    try {
      lines.push(`${consumer}, ${suspended}: ${await debts(ask, rows)}`);
    } finally {
      dataOf(await ask(provider, `mutation { resumeAgreement(code: "${agreement}") { state } }`));
    }
    return [...lines, `${consumer}, ${resumed}: ${await debts(ask, rows)}`];
  },
};

export const acts: readonly Act[] = [attackedTable, suspendedAgreement];
