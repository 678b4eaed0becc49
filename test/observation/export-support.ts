/** Exports as tests need them: the link, the download, and the same figures through GraphQL. */
import { mainPurpose, roleOf, type AskOptions, type TestGateway } from '../support/gateway.ts';

const linkText = `mutation Export($where: ObservationFilter) {
  exportObservations(where: $where) { url expiresAt } }`;

export const askLink = (
  gateway: TestGateway,
  agency: string,
  where: object = {},
  options: AskOptions = {},
) => gateway.ask(agency, linkText, { variables: { where }, ...options });

export async function makeLink(
  gateway: TestGateway,
  agency: string,
  where: object = {},
): Promise<string> {
  const { data, text } = await askLink(gateway, agency, where);
  if (!data) throw new Error(text);
  return data.exportObservations.url as string;
}

export interface DownloadOptions {
  readonly headers?: Record<string, string>;
  /** Null sends none. */
  readonly token?: string | null;
  readonly signal?: AbortSignal;
}

export async function download(
  gateway: TestGateway,
  agency: string,
  url: string,
  { headers = {}, token, ...init }: DownloadOptions = {},
): Promise<Response> {
  const bearer = token === undefined ? await gateway.token(agency) : token;
  return fetch(`${gateway.gateway.address}${url}`, {
    headers: {
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      'purpose-of-use': mainPurpose[roleOf(agency)],
      ...headers,
    },
    ...init,
  });
}

export async function exported(
  gateway: TestGateway,
  agency: string,
  where: object = {},
): Promise<string> {
  const response = await download(gateway, agency, await makeLink(gateway, agency, where));
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  return text;
}

const pageText = `query Pages($where: ObservationFilter, $after: String) {
  observations(where: $where, first: 200, after: $after) {
    nodes { refArea { code vintage } indicator baseIndicator scheme schemeComponents participantGroup sex residence
      breakdown { dimension code } timePeriod periodBasis value decimals unit denominator qualifier obsStatus confStatus
      source { code } figureId locator comment domain contributor knownFrom release { code } }
    pageInfo { hasNextPage endCursor } } }`;

/** All pages of `observations`. */
export async function listed(gateway: TestGateway, agency: string, where: object = {}) {
  const nodes: any[] = [];
  for (let after: string | null = null; ;) {
    const reply = await gateway.ask(agency, pageText, { variables: { where, after } });
    if (!reply.data) throw new Error(reply.text);
    const page: any = reply.data.observations;
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
}

export const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions
    .code;

/** The newest records of exports, as an auditor reads them. */
export async function exportRecords(gateway: TestGateway, last = 2): Promise<any[]> {
  const text = `{ accessRecords(first: ${last}, orderBy: NUMBER_DESC, where: { operationType: "export" }) { nodes {
    number requestId outcome errorCode rowsMax intent operationName topics areaCount grants
    given { type provider rows } withheld { reason cells } } } }`;
  const { data } = await gateway.ask('audit-vn', text);
  return (data.accessRecords.nodes as any[]).toReversed();
}

/** Reads RFC 4180, so that the file is not taken apart by what put it together. */
export function cellsOf(text: string): string[][] {
  const lines: string[][] = [[]];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  for (let match = cell.exec(text); match && match[0] !== ''; match = cell.exec(text)) {
    const [, found = '', end] = match;
    lines.at(-1)!.push(found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found);
    if (end === '\r\n') lines.push([]);
  }
  return lines.filter((line) => line.length > 0);
}
