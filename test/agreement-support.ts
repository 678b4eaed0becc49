/** Agreements as tests write them: drafted, proposed and approved over HTTP, by two persons. */
import type { AskOptions, Reply, TestGateway } from './support/gateway.ts';

export const agreementFields = `code kind state providerCode consumerCode validFrom validTo contact retentionMonths
  afterRetention topics { topic reach } purposes areaIds proposedBy proposedByAgency approvedBy stateReason
  stateChangedBy terms { method processing useLimits security storage duties }
  renewal { code sentence areaIds successorIds }`;

const terms = {
  method: 'Queries.',
  processing: 'Compare.',
  useLimits: 'No third party.',
  security: 'TLS.',
  storage: 'In Viet Nam.',
  duties: 'Report errors.',
};

/** A whole draft of Điện Biên's insurance for its labour authority; `more` overrides any field. */
export const draft = (code: string, more: object = {}) => ({
  code,
  provider: 'si-dien-bien',
  consumer: 'labour-lao-cai',
  legalBasis: 'Decree 47/2020 Art 38',
  validFrom: '2026-01-01',
  topics: [{ topic: 'ENROLLMENT', reach: 'INTERNAL' }],
  areas: [{ code: '11', vintage: '2025-07' }],
  purposes: ['LABOUR_SUPERVISION'],
  contact: 'Post for sharing',
  retentionMonths: 12,
  afterRetention: 'Deleted.',
  terms,
  ...more,
});

const draftText = `mutation ($input: DraftAgreementInput!) { draftAgreement(input: $input) { ${agreementFields} } }`;

export const draftAs = (
  gateway: TestGateway,
  agency: string,
  input: object,
  options: AskOptions = {},
): Promise<Reply> => gateway.ask(agency, draftText, { ...options, variables: { input } });

/** A step that takes a code and perhaps a reason. */
export function step(
  gateway: TestGateway,
  agency: string,
  name: string,
  code: string,
  { reason, ...options }: AskOptions & { reason?: string } = {},
): Promise<Reply> {
  const said = reason === undefined ? '' : `, reason: ${JSON.stringify(reason)}`;
  return gateway.ask(
    agency,
    `mutation { done: ${name}(code: "${code}"${said}) { ${agreementFields} } }`,
    options,
  );
}

export function assertDone(reply: Reply): any {
  if (reply.errors.length > 0) throw new Error(JSON.stringify(reply.errors));
  return reply.data;
}

/** From nothing to in force: one person drafts and proposes, another approves. */
export async function agree(gateway: TestGateway, input: ReturnType<typeof draft>): Promise<void> {
  const { provider, code } = input;
  assertDone(await draftAs(gateway, provider, input));
  assertDone(await step(gateway, provider, 'proposeAgreement', code));
  assertDone(await step(gateway, provider, 'approveAgreement', code, { subject: 'post-2' }));
}
