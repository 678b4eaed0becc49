/** What is done about debts, from outside: each kind by its own agency, what it changes in law, and for whom it opens. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nobody, withScope, type Scope } from '../../src/platform/scope.ts';
import { accepted, type ReleaseBench } from '../release/support.ts';
import {
  did,
  eventsSeen,
  everything,
  inDays,
  instantOf,
  insurer,
  labour,
  openEventBench,
  refusal,
  stateOn,
  stepText,
  today,
  union,
} from './event-bench.ts';

let bench: ReleaseBench;
beforeAll(async () => {
  bench = await openEventBench();
});
afterAll(() => bench.close());

const record = (agency: string, event: object) => did(bench, agency, 'recordDebtEvent', { event });
const plan = (agency: string, event: object) => did(bench, agency, 'planDebtEvent', { event });
const revoke = (agency: string, event: string) =>
  did(bench, agency, 'revokeDebtEvent', { event, reason: 'Recorded in error.' });
const refused = (agency: string, event: object, name = 'recordDebtEvent') =>
  refusal(bench, agency, name, { event });

const reminder = { employer: 'owes', on: '2025-10-08', document: '12/TB-BHXH' };
const session = (more: object = {}) => ({
  jointSession: { employer: 'meets', on: '2025-11-05', participants: [labour], ...more },
});
const promised = (amount: string, by: string) => ({ promise: { amount, by } });
const inspection = (more: object = {}) => ({ employer: 'inspected', on: today, ...more });
const sanction = { employer: 'owes', on: today, amount: '5000000' };
const flood = {
  employer: 'excused',
  on: '2025-11-20',
  document: '7/XN',
  cause: 'FLOOD',
  from: '2025-10-05',
  until: '2025-10-20',
};
const suspension = {
  employer: 'suspended',
  on: '2025-12-20',
  document: '9/QD',
  fromMonth: '2026-01',
  toMonth: '2026-12',
};
const gone = { employer: 'gone', on: '2025-11-20', cause: 'ABSCONDED', from: '2025-11-01' };
const settlement = { employer: 'paid', on: '2025-10-20', amount: '100000000' };
const referral = { employer: 'owes', on: '2026-01-15', note: 'To the police: Art 216.' };
const kinds = {
  reminder,
  jointSession: session().jointSession,
  inspection: inspection(),
  sanction: { ...sanction, document: '1/QD' },
  referral,
  settlement,
  suspension,
  forceMajeure: flood,
  hardToCollect: gone,
};
/** Who may say what, by hand from the law’s words. */
const sayers: Readonly<Record<keyof typeof kinds, readonly string[]>> = {
  reminder: [insurer],
  jointSession: [insurer, labour],
  inspection: [labour],
  sanction: [labour],
  referral: [insurer, labour],
  settlement: [insurer],
  suspension: [labour],
  forceMajeure: [insurer, labour],
  hardToCollect: [insurer],
};
const others = [union, 'press-vn', 'audit-vn', 'steward-vn'];

describe('whose it is to say', () => {
  test.each(Object.keys(kinds) as (keyof typeof kinds)[])(
    '%s: of other roles it does not exist, elsewhere there is no such employer',
    async (kind) => {
      const before = await everything(bench);
      for (const agency of [insurer, labour, ...others]) {
        if (sayers[kind].includes(agency)) continue;
        expect((await refused(agency, { [kind]: kinds[kind] }))[0], agency).toBe(
          'DOCUMENT_INVALID',
        );
      }
      // A grassroots office acts in its own communes alone.
      if (sayers[kind].includes(insurer)) {
        expect((await refused('si-tua-chua', { [kind]: kinds[kind] }))[0]).toBe('EMPLOYER_UNKNOWN');
      }
      for (const agency of sayers[kind]) {
        const outsider = agency.replace('dien-bien', 'lao-cai');
        for (const employer of [kinds[kind].employer, 'nobody', 'elsewhere']) {
          const by = employer === 'elsewhere' ? agency : outsider;
          expect(await refused(by, { [kind]: { ...kinds[kind], employer } }), by).toEqual([
            'EMPLOYER_UNKNOWN',
            'employer',
          ]);
        }
      }
      expect(await everything(bench)).toBe(before);
    },
  );

  test('an unknown employer and another’s look alike; a purpose that opens less opens no step', async () => {
    const messageOf = async (employer: string) => {
      const text = stepText('recordDebtEvent', { event: { reminder: { ...reminder, employer } } });
      const { errors } = await bench.gateway.ask(insurer, text);
      return errors[0]!.message.replace(employer, '');
    };
    expect(await messageOf('elsewhere')).toBe(await messageOf('nobody'));
    const text = stepText('recordDebtEvent', { event: { reminder } });
    const reply = await bench.gateway.ask(insurer, text, { purpose: 'STATISTICS' });
    expect(reply.errors[0]!.extensions.code).toBe('EMPLOYER_UNKNOWN');
  });

  test('the steps of others do not exist', async () => {
    const steps = {
      declineInspection: [{ event: 'x', reason: 'x' }, labour],
      correctDebtEvent: [{ event: 'x', as: { referral }, reason: 'x' }, insurer, labour],
      confirmDebtEvent: [{ event: 'x' }, insurer, labour],
      recordPromise: [{ event: 'x', kept: true }, insurer, labour],
      proposeInspection: [{ employer: 'x', note: 'x' }, insurer, union],
      revokeDebtEvent: [{ event: 'x', reason: 'x' }, insurer, labour, union],
      planDebtEvent: [{ event: session() }, insurer, labour],
    } as const;
    for (const [name, [args, ...allowed]] of Object.entries(steps)) {
      for (const agency of [insurer, labour, ...others]) {
        if ((allowed as readonly string[]).includes(agency)) continue;
        expect((await refusal(bench, agency, name, args))[0], `${name} ${agency}`).toBe(
          'DOCUMENT_INVALID',
        );
      }
      if (name === 'proposeInspection' || name === 'planDebtEvent') continue;
      for (const agency of allowed) {
        expect(await refusal(bench, agency, name, args)).toEqual(['EVENT_UNKNOWN', 'event']);
      }
    }
  });
});

describe('a reminder', () => {
  test.each([
    [{ on: inDays(1) }, ['EVENT_DAY_INVALID', 'on']],
    [{ on: '2019-12-31' }, ['EVENT_DAY_INVALID', 'on']],
    [{ document: ' ' }, ['FIELD_EMPTY', 'document']],
    [{ months: [] }, ['FIELD_EMPTY', 'months']],
    [{ months: ['2025'] }, ['MONTH_MALFORMED', 'months']],
    [{ months: ['2025-08', '2025-08'] }, ['VALUE_TWICE', 'months']],
    [{ months: ['2025-11'] }, ['EVENT_MONTH_TO_COME', 'months']],
    [{ amount: '0' }, ['NUMBER_OUT_OF_BOUNDS', 'amount']],
  ])('%j: %j', async (more, expected) => {
    const before = await everything(bench);
    expect(await refused(insurer, { reminder: { ...reminder, ...more } })).toEqual(expected);
    expect(await everything(bench)).toBe(before);
  });

  test('any text may be remarked', async () => {
    const text =
      'mutation ($event: DebtEventInput!) { recordDebtEvent(event: $event) { code note } }';
    const event = { reminder: { ...reminder, employer: 'young', note: 'cut \ud83d here' } };
    const { data } = accepted(await bench.gateway.ask(insurer, text, { variables: { event } }));
    expect(data.recordDebtEvent.note).toBe('cut \ufffd here');
  });

  test('makes evasion; corrected and revoked it does not, and what was known before is still said', async () => {
    const last = '2025-12-15';
    expect(await stateOn(bench, 'owes', last)).toBe('LATE_UNPAID');
    const unheard = await instantOf(bench);
    const sent = await record(insurer, { reminder: { ...reminder, months: ['2025-08'] } });
    expect(sent).toMatchObject({
      kind: 'REMINDER',
      stage: 'DONE',
      occurredOn: '2025-10-08',
      agency: insurer,
      document: '12/TB-BHXH',
      timePeriods: ['2025-08'],
    });
    expect(await stateOn(bench, 'owes', last)).toBe('EVASION_UNPAID_AFTER_REMINDER');
    const heard = await instantOf(bench);
    // It was of another month, and then it was not sent at all.
    const as = { reminder: { ...reminder, months: ['2025-07'] } };
    const reason = 'It named July.';
    const corrected = await did(bench, insurer, 'correctDebtEvent', {
      event: sent.code,
      as,
      reason,
    });
    expect(corrected).toMatchObject({ code: sent.code, timePeriods: ['2025-07'], reason });
    expect(await stateOn(bench, 'owes', last)).toBe('LATE_UNPAID');
    const again = { event: sent.code, as, reason };
    expect(await refusal(bench, insurer, 'correctDebtEvent', again)).toEqual([
      'EVENT_UNCHANGED',
      'as',
    ]);
    const back = { event: sent.code, as: { reminder }, reason: 'It named no month.' };
    await did(bench, insurer, 'correctDebtEvent', back);
    expect(await stateOn(bench, 'owes', last)).toBe('EVASION_UNPAID_AFTER_REMINDER');
    await did(bench, insurer, 'revokeDebtEvent', { event: sent.code, reason: 'Never sent.' });
    expect(await stateOn(bench, 'owes', last)).toBe('LATE_UNPAID');
    expect(await stateOn(bench, 'owes', last, heard)).toBe('EVASION_UNPAID_AFTER_REMINDER');
    expect(await stateOn(bench, 'owes', last, unheard)).toBe('LATE_UNPAID');
    expect(await eventsSeen(bench, labour, 'owes')).toEqual({ [sent.code]: 'REVOKED' });
    for (const name of ['correctDebtEvent', 'revokeDebtEvent']) {
      const args = name === 'correctDebtEvent' ? again : { event: sent.code, reason };
      expect(await refusal(bench, insurer, name, args)).toEqual(['EVENT_WRONG_STAGE', 'event']);
    }
  });

  test('the same twice is one, also at once; after it was revoked it may be said anew', async () => {
    const texts = [1, 2, 3].map(() => stepText('recordDebtEvent', { event: { reminder } }));
    const replies = await Promise.all(texts.map((text) => bench.gateway.ask(insurer, text)));
    const codes = replies.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(codes).toEqual(['EVENT_EXISTS', 'EVENT_EXISTS']);
  });

  test('is another’s to change for nobody, of its own role neither', async () => {
    const [[code] = []] = Object.entries(await eventsSeen(bench, insurer, 'owes')).filter(
      ([, stage]) => stage === 'DONE',
    );
    const step = { event: code!, reason: 'x' };
    for (const agency of [labour, 'si-vn']) {
      expect(await refusal(bench, agency, 'revokeDebtEvent', step)).toEqual([
        'EVENT_NOT_OWN',
        'event',
      ]);
    }
    for (const agency of ['si-lao-cai', 'labour-lao-cai', union]) {
      expect(await refusal(bench, agency, 'revokeDebtEvent', step)).toEqual([
        'EVENT_UNKNOWN',
        'event',
      ]);
    }
    const as = { referral };
    expect(await refusal(bench, insurer, 'correctDebtEvent', { ...step, as })).toEqual([
      'EVENT_NOT_SAME',
      'as',
    ]);
    const moved = { ...step, as: { reminder: { ...reminder, employer: 'meets' } } };
    expect(await refusal(bench, insurer, 'correctDebtEvent', moved)).toEqual([
      'EVENT_NOT_SAME',
      'as',
    ]);
  });
});

describe('a joint session', () => {
  test.each([
    [insurer, { participants: [] }, ['PARTICIPANT_NEEDED', 'participants']],
    [insurer, { participants: ['si-vn', union] }, ['PARTICIPANT_NEEDED', 'participants']],
    [labour, { participants: [union] }, ['PARTICIPANT_NEEDED', 'participants']],
    [insurer, { participants: [labour, labour] }, ['VALUE_TWICE', 'participants']],
    [insurer, { participants: [labour, insurer] }, ['PARTICIPANT_UNKNOWN', 'participants']],
    [insurer, { participants: [labour, 'nobody'] }, ['PARTICIPANT_UNKNOWN', 'participants']],
    [insurer, { participants: [labour, 'press-vn'] }, ['PARTICIPANT_UNKNOWN', 'participants']],
    [insurer, { participants: ['labour-lao-cai'] }, ['PARTICIPANT_UNKNOWN', 'participants']],
    [insurer, { participants: [labour, 'union-lao-cai'] }, ['PARTICIPANT_UNKNOWN', 'participants']],
    [insurer, { participants: [labour, 'union-expired'] }, ['PARTICIPANT_UNKNOWN', 'participants']],
    [insurer, { on: inDays(1) }, ['EVENT_DAY_INVALID', 'on']],
    [insurer, promised('1', '2025-11-04'), ['EVENT_DAY_INVALID', 'promise']],
    [insurer, promised('1', '2099-01-01'), ['EVENT_DAY_INVALID', 'promise']],
    [insurer, promised('0', '2025-12-01'), ['NUMBER_OUT_OF_BOUNDS', 'promise']],
    [insurer, { plan: 'nothing' }, ['EVENT_UNKNOWN', 'plan']],
  ])('%s, %j: %j', async (agency, more, expected) => {
    expect(await refused(agency, session(more))).toEqual(expected);
  });

  test('is planned ahead, held once, and the promise is open', async () => {
    const planned = { employer: 'meets', on: inDays(5), participants: [labour] };
    for (const on of [inDays(-1), inDays(400)]) {
      const late = { jointSession: { ...planned, on } };
      expect(await refused(insurer, late, 'planDebtEvent')).toEqual(['EVENT_DAY_INVALID', 'on']);
    }
    const event = await plan(insurer, { jointSession: planned });
    expect(event).toMatchObject({ stage: 'PLANNED', occurredOn: inDays(5), agreedBy: null });
    const held = session({ plan: event.code, on: today, ...promised('100000000', inDays(10)) });
    expect(
      await refused(labour, { jointSession: { ...held.jointSession, participants: [insurer] } }),
    ).toEqual(['EVENT_NOT_OWN', 'plan']);
    const confirmation = await refusal(bench, labour, 'confirmDebtEvent', { event: event.code });
    expect(confirmation).toEqual(['EVENT_WRONG_STAGE', 'event']);
    expect(await record(insurer, held)).toMatchObject({
      code: event.code,
      stage: 'DONE',
      occurredOn: today,
      amount: '100000000',
      agreedBy: inDays(10),
      kept: null,
    });
    expect(await refused(insurer, held)).toEqual(['EVENT_WRONG_STAGE', 'plan']);
    for (const kept of [true, false]) {
      const step = { event: event.code, kept };
      expect(await refusal(bench, insurer, 'recordPromise', step)).toEqual([
        'PROMISE_OPEN',
        'kept',
      ]);
      expect(await refusal(bench, labour, 'recordPromise', step)).toEqual([
        'EVENT_NOT_OWN',
        'event',
      ]);
    }
  });

  test('a promise is kept and broken as payments say', async () => {
    const of = (employer: string, amount: string) =>
      record(insurer, session({ employer, ...promised(amount, '2025-11-30') }));
    const [kept, broken] = [await of('pays', '60000000'), await of('meets', '60000000')];
    const say = (event: { code: string }, value: boolean) => ({ event: event.code, kept: value });
    expect(await refusal(bench, insurer, 'recordPromise', say(kept, false))).toEqual([
      'PROMISE_PAID',
      'kept',
    ]);
    expect(await refusal(bench, insurer, 'recordPromise', say(broken, true))).toEqual([
      'PROMISE_NOT_PAID',
      'kept',
    ]);
    expect((await did(bench, insurer, 'recordPromise', say(kept, true))).kept).toBe(true);
    expect((await did(bench, insurer, 'recordPromise', say(broken, false))).kept).toBe(false);
    expect(await refusal(bench, insurer, 'recordPromise', say(kept, true))).toEqual([
      'EVENT_UNCHANGED',
      'kept',
    ]);
    const seen = `{ debtEvents(where: { kept: false }) { nodes { code } } }`;
    const broke = async () =>
      accepted(await bench.gateway.ask(labour, seen)).data.debtEvents.nodes as object[];
    expect(await broke()).toEqual([{ code: broken.code }]);
    await revoke(insurer, broken.code);
    expect(await broke()).toEqual([]);
    expect(await refusal(bench, insurer, 'recordPromise', say(broken, false))).toEqual([
      'PROMISE_MISSING',
      'event',
    ]);
  });
});

describe('an inspection', () => {
  const note = 'Members were not paid their sick leave.';
  const propose = (agency: string, employer = 'inspected') =>
    did(bench, agency, 'proposeInspection', { employer, note });

  test('is proposed by the insurer, and by a union where its members are confirmed', async () => {
    for (const employer of ['owes', 'claimed', 'elsewhere', 'nobody']) {
      const step = { employer, note };
      expect(await refusal(bench, union, 'proposeInspection', step)).toEqual([
        'EMPLOYER_UNKNOWN',
        'employer',
      ]);
    }
    for (const agency of ['union-lao-cai', 'si-lao-cai']) {
      const step = { employer: 'inspected', note };
      expect(await refusal(bench, agency, 'proposeInspection', step)).toEqual([
        'EMPLOYER_UNKNOWN',
        'employer',
      ]);
    }
    const first = await propose(insurer);
    expect(first).toMatchObject({ stage: 'PROPOSED', occurredOn: today, agency: insurer });
    expect(
      await refusal(bench, insurer, 'proposeInspection', { employer: 'inspected', note }),
    ).toEqual(['EVENT_EXISTS', 'on']);
    const declined = { event: first.code, reason: 'Inspected last month.' };
    expect(await refusal(bench, 'labour-lao-cai', 'declineInspection', declined)).toEqual([
      'EVENT_UNKNOWN',
      'event',
    ]);
    expect(await did(bench, labour, 'declineInspection', declined)).toMatchObject({
      stage: 'DECLINED',
      reason: 'Inspected last month.',
    });
    expect(await refusal(bench, labour, 'declineInspection', declined)).toEqual([
      'EVENT_WRONG_STAGE',
      'event',
    ]);
    expect(await eventsSeen(bench, union, 'inspected')).toEqual({});
  });

  /** What a union can learn of its own proposal, but for codes; of instants, which are the same. */
  async function learnt(code: string) {
    const text = `{ debtEvents(where: { employer: "inspected" }) { totalCount nodes { code stage reason occurredOn note } }
      changes(first: 50) { nodes { action entity before after entityId } } }`;
    const { data } = accepted(await bench.gateway.ask(union, text));
    const changes = data.changes.nodes.filter(({ entityId }: any) => entityId === code);
    const events = data.debtEvents.nodes.filter((event: any) => event.code === code);
    const instants = new Map<string, string>();
    return JSON.stringify([events, changes])
      .replaceAll(code, 'CODE')
      .replaceAll(/20\d\d-\d\d-\d\dT[\d:.]+(\+00:00|Z)/g, (instant) => {
        if (!instants.has(instant)) instants.set(instant, `INSTANT ${instants.size}`);
        return instants.get(instant)!;
      });
  }

  test('under a purpose that opens published debts only, one’s own acts are not there', async () => {
    const text = '{ debtEvents { totalCount } debtPositions { totalCount } }';
    const counted = async (agency: string, purpose?: string) =>
      accepted(await bench.gateway.ask(agency, text, purpose ? { purpose } : {})).data;
    for (const agency of [labour, insurer]) {
      expect((await counted(agency)).debtEvents.totalCount).toBeGreaterThan(0);
      expect(await counted(agency, 'STATISTICS')).toEqual({
        debtEvents: { totalCount: 0 },
        debtPositions: { totalCount: 0 },
      });
    }
  });

  test('taken up, its proposer learns nothing of the plan, whatever it asks or does', async () => {
    const left = await propose(union);
    const asProposed = await learnt(left.code);
    await revoke(union, left.code);
    const asRevoked = await learnt(left.code);
    expect(asRevoked).toContain('REVOKED');

    const proposal = await propose(union);
    const wrong = { inspection: inspection({ plan: proposal.code, employer: 'owes' }) };
    expect(await refused(labour, wrong, 'planDebtEvent')).toEqual(['EVENT_UNKNOWN', 'plan']);
    const taking = {
      inspection: inspection({
        plan: proposal.code,
        on: inDays(7),
        participants: [insurer, union],
      }),
    };
    const planned = await plan(labour, taking);
    expect(planned).toMatchObject({ stage: 'PLANNED', agency: labour });
    expect(await refused(labour, taking, 'planDebtEvent')).toEqual(['EVENT_WRONG_STAGE', 'plan']);
    const declined = { event: proposal.code, reason: 'No.' };
    expect(await refusal(bench, labour, 'declineInspection', declined)).toEqual([
      'EVENT_WRONG_STAGE',
      'event',
    ]);
    expect(await learnt(proposal.code)).toBe(asProposed);
    expect(await eventsSeen(bench, union, 'inspected')).not.toHaveProperty(planned.code);
    for (const agency of [insurer, labour]) {
      const text = `{ debtEvents(where: { employer: "inspected", stage: PROPOSED }) { nodes { takenUpAs { code } } } }`;
      const { nodes } = accepted(await bench.gateway.ask(agency, text)).data.debtEvents;
      expect(nodes).toEqual([{ takenUpAs: { code: planned.code } }]);
    }
    await revoke(union, proposal.code);
    expect(await learnt(proposal.code)).toBe(asRevoked);
    expect((await eventsSeen(bench, labour, 'inspected'))[planned.code]).toBe('PLANNED');
    await revoke(labour, planned.code);
  });

  test('carried out, it opens to a union that took part once another party has confirmed it', async () => {
    const proposal = await propose(union);
    const taking = { inspection: inspection({ plan: proposal.code, on: inDays(7) }) };
    const dropped = await plan(labour, taking);
    await revoke(labour, dropped.code);
    const planned = await plan(labour, taking);
    const visit = inspection({
      plan: planned.code,
      participants: [insurer, union, 'si-vn'],
      amount: '2000',
    });
    const held = await record(labour, { inspection: visit });
    expect(held).toMatchObject({ code: planned.code, stage: 'DONE', confirmedAt: null });
    const seen = () => eventsSeen(bench, union, 'inspected');
    expect(await seen()).toMatchObject({ [proposal.code]: 'TAKEN_UP' });
    expect(await seen()).not.toHaveProperty(held.code);
    const step = { event: held.code };
    for (const agency of [labour, 'labour-vn']) {
      expect(await refusal(bench, agency, 'confirmDebtEvent', step), agency).toEqual([
        'CONFIRMATION_NOT_YOURS',
        'event',
      ]);
    }
    expect(await refusal(bench, 'si-lao-cai', 'confirmDebtEvent', step)).toEqual([
      'EVENT_UNKNOWN',
      'event',
    ]);
    expect(await did(bench, insurer, 'confirmDebtEvent', step)).toMatchObject({
      confirmedBy: insurer,
      confirmedAt: expect.stringMatching(/^20/),
    });
    expect(await seen()).toMatchObject({ [held.code]: 'DONE' });
    for (const agency of [insurer, 'si-vn']) {
      expect(await refusal(bench, agency, 'confirmDebtEvent', step)).toEqual([
        'EVENT_CONFIRMED',
        'event',
      ]);
    }
    // The other party confirmed what was said then.
    const as = { inspection: { ...visit, amount: '3000' } };
    const correction = { event: held.code, as, reason: 'A sum was wrong.' };
    expect(await refusal(bench, labour, 'correctDebtEvent', correction)).toEqual([
      'EVENT_NOT_SAME',
      'as',
    ]);
    const { plan: _, ...whole } = as.inspection as Record<string, unknown>;
    await did(bench, labour, 'correctDebtEvent', { ...correction, as: { inspection: whole } });
    expect(await seen()).not.toHaveProperty(held.code);
    await did(bench, insurer, 'confirmDebtEvent', step);
    const text = `{ debtEvents(where: { stage: DONE }) { nodes { code amount reason } } }`;
    expect(accepted(await bench.gateway.ask(union, text)).data.debtEvents.nodes).toEqual([
      { code: held.code, amount: '3000', reason: null },
    ]);
    await revoke(labour, held.code);
    expect(await seen()).toMatchObject({ [proposal.code]: 'PROPOSED' });
    expect(await seen()).not.toHaveProperty(held.code);
  });
});

describe('what else is done', () => {
  test('a sanction is drafted, imposed once, or discarded', async () => {
    const draft = await plan(labour, { sanction });
    expect(draft).toMatchObject({ stage: 'DRAFT', amount: '5000000' });
    expect(await refused(labour, { sanction }, 'planDebtEvent')).toEqual(['EVENT_EXISTS', 'on']);
    await revoke(labour, draft.code);
    const { code } = await plan(labour, { sanction });
    const imposed = { sanction: { ...sanction, document: '1/QD', plan: code } };
    expect(await refused(labour, { sanction: { ...imposed.sanction, plan: draft.code } })).toEqual([
      'EVENT_WRONG_STAGE',
      'plan',
    ]);
    expect(await record(labour, imposed)).toMatchObject({ code, stage: 'DONE', document: '1/QD' });
    expect(await refused(labour, imposed)).toEqual(['EVENT_WRONG_STAGE', 'plan']);
  });

  test('a referral says to whom', async () => {
    expect(await refused(labour, { referral: { ...referral, note: '' } })).toEqual([
      'FIELD_EMPTY',
      'note',
    ]);
    for (const agency of [insurer, labour]) {
      expect(await record(agency, { referral })).toMatchObject({ kind: 'REFERRAL', agency });
    }
  });

  test('a settlement is what the facts say of its day', async () => {
    for (const [employer, on] of [
      ['owes', today],
      ['paid', '2025-10-19'],
      ['pays', today],
    ]) {
      const said = { settlement: { ...settlement, employer, on } };
      expect(await refused(insurer, said), employer).toEqual(['EVENT_DEBT_REMAINS', 'on']);
    }
    const { code } = await record(insurer, { settlement });
    const as = { settlement: { ...settlement, on: '2025-10-19' } };
    expect(
      await refusal(bench, insurer, 'correctDebtEvent', { event: code, as, reason: 'x' }),
    ).toEqual(['EVENT_DEBT_REMAINS', 'on']);
  });

  test.each([
    [{ toMonth: '2027-01' }, ['SUSPENSION_TOO_LONG', 'toMonth']],
    [{ toMonth: '2025-12' }, ['EVENT_DAY_INVALID', 'toMonth']],
    [{ fromMonth: '2026-1' }, ['MONTH_MALFORMED', 'fromMonth']],
    [{ on: inDays(1) }, ['EVENT_DAY_INVALID', 'on']],
  ])('a suspension, %j: %j', async (more, expected) => {
    expect(await refused(labour, { suspension: { ...suspension, ...more } })).toEqual(expected);
  });

  test('a suspension makes no debt, from its decision on', async () => {
    expect(await stateOn(bench, 'suspended', '2026-03-15')).toBe('LATE_UNPAID');
    expect(await record(labour, { suspension })).toMatchObject({
      fromOn: '2026-01-01',
      untilOn: '2026-12-31',
    });
    expect(await stateOn(bench, 'suspended', '2026-03-15')).toBe('SUSPENDED');
  });

  test.each([
    ['forceMajeure', flood, { cause: 'BANKRUPT' }, ['CAUSE_NOT_OF_KIND', 'cause']],
    ['forceMajeure', flood, { cause: 'WAR' }, ['CAUSE_NOT_OF_KIND', 'cause']],
    ['forceMajeure', flood, { from: '2025-11-21' }, ['EVENT_DAY_INVALID', 'from']],
    ['forceMajeure', flood, { until: '2025-10-04' }, ['EVENT_DAY_INVALID', 'until']],
    ['hardToCollect', gone, { cause: 'FLOOD' }, ['CAUSE_NOT_OF_KIND', 'cause']],
    ['hardToCollect', gone, { from: '2025-11-21' }, ['EVENT_DAY_INVALID', 'from']],
  ])('%s %j %j: %j', async (kind, event, more, expected) => {
    expect(await refused(insurer, { [kind]: { ...event, ...more } })).toEqual(expected);
  });

  test('a recognised reason excuses, and a debtor that is gone is reported apart', async () => {
    await record(insurer, { reminder: { ...reminder, employer: 'excused' } });
    expect(await stateOn(bench, 'excused', '2025-12-15')).toBe('EVASION_UNPAID_AFTER_REMINDER');
    await record(labour, { forceMajeure: flood });
    expect(await stateOn(bench, 'excused', '2025-12-15')).toBe('EXCUSED');
    const { code } = await record(insurer, { hardToCollect: gone });
    expect(await stateOn(bench, 'gone', '2025-12-15')).toBe('HARD_TO_COLLECT');
    // It was found on 2025-11-20 to be so since 2025-11-01.
    expect(await stateOn(bench, 'gone', '2025-11-20')).toBe('HARD_TO_COLLECT');
    expect(await stateOn(bench, 'gone', '2025-11-19')).toBe('LATE_UNPAID');
    const as = { hardToCollect: { ...gone, until: '2025-12-01' } };
    await did(bench, insurer, 'correctDebtEvent', { event: code, as, reason: 'It came back.' });
    expect(await stateOn(bench, 'gone', '2025-12-15')).toBe('LATE_UNPAID');
  });
});

describe('a union’s presence', () => {
  const claim = { unitCode: 'unit-claimed', nameVi: 'cong ty CLAIMED', since: '2026-01-01' };
  const claims = (agency: string, args: object) => did(bench, agency, 'claimUnionPresence', args);
  const employersOf = async (agency: string) =>
    (
      accepted(await bench.gateway.ask(agency, '{ employers(first: 50) { nodes { code } } }')).data
        .employers.nodes as { code: string }[]
    ).map(({ code }) => code);
  const presence = `claimed|${union}`;

  test('a claim tells nothing to who does not know number and name, whatever is there', async () => {
    const before = await everything(bench);
    const texts = new Set<string>();
    for (const args of [
      { ...claim, nameVi: 'Công ty' },
      { ...claim, unitCode: 'unit-owes' },
      { ...claim, unitCode: 'unit-none' },
      { ...claim, unitCode: 'unit-person' },
      { ...claim, unitCode: 'unit-elsewhere', nameVi: 'Công ty elsewhere' },
    ]) {
      const { errors } = await bench.gateway.ask(union, stepText('claimUnionPresence', args));
      texts.add(
        JSON.stringify(errors.map(({ message, extensions }) => [message, extensions.code])),
      );
    }
    const [only, ...more] = [...texts];
    expect([JSON.parse(only!)[0][1], more]).toEqual(['EMPLOYER_NOT_FOUND', []]);
    const later = { ...claim, since: inDays(1) };
    expect(await refusal(bench, union, 'claimUnionPresence', later)).toEqual([
      'EVENT_DAY_INVALID',
      'since',
    ]);
    for (const agency of [insurer, labour, 'press-vn']) {
      expect((await refusal(bench, agency, 'claimUnionPresence', claim))[0]).toBe(
        'DOCUMENT_INVALID',
      );
    }
    expect(await refusal(bench, 'union-lao-cai', 'claimUnionPresence', claim)).toEqual([
      'EMPLOYER_NOT_FOUND',
      'unitCode',
    ]);
    expect(await everything(bench)).toBe(before);
  });

  test('opens nothing until the insurer of the territory confirms it, and closes with its end', async () => {
    const claimed = await claims(union, claim);
    expect(claimed).toMatchObject({ code: presence, state: 'CLAIMED', employer: null });
    expect(await refusal(bench, union, 'claimUnionPresence', claim)).toEqual([
      'PRESENCE_EXISTS',
      'unitCode',
    ]);
    expect(await employersOf(union)).toEqual(['inspected']);
    const changes = '{ changes(first: 50) { nodes { entity after } } }';
    const { text } = accepted(await bench.gateway.ask(union, changes));
    expect(text).toContain('union_presence');
    expect(text).not.toContain('03127');
    for (const agency of [labour, union, 'press-vn']) {
      expect((await refusal(bench, agency, 'confirmUnionPresence', { presence }))[0]).toBe(
        'DOCUMENT_INVALID',
      );
    }
    for (const [agency, code] of [
      ['si-lao-cai', presence],
      [insurer, `owes|${union}`],
      [insurer, 'x'],
    ]) {
      expect(await refusal(bench, agency!, 'confirmUnionPresence', { presence: code })).toEqual([
        'PRESENCE_UNKNOWN',
        'presence',
      ]);
    }
    expect(await did(bench, insurer, 'confirmUnionPresence', { presence })).toMatchObject({
      state: 'CONFIRMED',
      confirmedBy: insurer,
    });
    expect(await employersOf(union)).toEqual(['claimed', 'inspected']);
    const again = { presence, reason: 'x' };
    expect(await refusal(bench, insurer, 'refuseUnionPresence', again)).toEqual([
      'PRESENCE_WRONG_STATE',
      'presence',
    ]);
    for (const lastDay of ['2025-12-31', inDays(1)]) {
      const end = { presence, lastDay, reason: 'x' };
      expect(await refusal(bench, union, 'endUnionPresence', end)).toEqual([
        'EVENT_DAY_INVALID',
        'lastDay',
      ]);
    }
    const end = { presence, lastDay: inDays(-1), reason: 'The last member has left.' };
    expect(await refusal(bench, 'union-lao-cai', 'endUnionPresence', end)).toEqual([
      'PRESENCE_UNKNOWN',
      'presence',
    ]);
    expect(await did(bench, union, 'endUnionPresence', end)).toMatchObject({
      state: 'ENDED',
      reason: end.reason,
    });
    expect(await employersOf(union)).toEqual(['inspected']);
  });

  test('is refused with a reason, claimed anew, and taken back', async () => {
    await claims(union, claim);
    const refusing = { presence, reason: 'No member is insured there.' };
    expect(await did(bench, insurer, 'refuseUnionPresence', refusing)).toMatchObject({
      state: 'REFUSED',
      refusedBy: insurer,
      reason: refusing.reason,
    });
    expect(await refusal(bench, insurer, 'confirmUnionPresence', { presence })).toEqual([
      'PRESENCE_WRONG_STATE',
      'presence',
    ]);
    expect(await claims(union, claim)).toMatchObject({
      state: 'CLAIMED',
      reason: null,
      refusedBy: null,
    });
    const end = { presence, lastDay: today, reason: 'In error.' };
    expect(await did(bench, union, 'endUnionPresence', end)).toMatchObject({ state: 'ENDED' });
    expect(await refusal(bench, insurer, 'confirmUnionPresence', { presence })).toEqual([
      'PRESENCE_WRONG_STATE',
      'presence',
    ]);
    expect(await employersOf(union)).toEqual(['inspected']);
  });

  test('a natural person is claimed like others, and never opened', async () => {
    const person = { unitCode: 'unit-person', nameVi: 'Công ty person', since: '2026-01-01' };
    const { code } = await claims(union, person);
    expect(await refusal(bench, insurer, 'confirmUnionPresence', { presence: code })).toEqual([
      'PRESENCE_OF_PERSON',
      'presence',
    ]);
    expect(await employersOf(union)).toEqual(['inspected']);
  });
});

describe('the database, whatever a resolver forgot', () => {
  const roles = { [insurer]: 'SI', [labour]: 'LABOUR', [union]: 'UNION', 'press-vn': 'PRESS' };
  const place = { provinces: ['DEBT|11@2025-07'], parties: ['DEBT|11@2025-07'] };

  /** Calls a function as the gateway does, in the scope of an agency; the code of its refusal. */
  async function called(agency: string, sql: string, values: unknown[], more = place) {
    const instant = new Date().toISOString();
    const scope: Scope = { ...nobody, instant, agency, subject: 'one', topics: ['DEBT'], ...more };
    const { gateway } = bench.gateway.store;
    const asked = withScope(scope, () => gateway.query(sql, values));
    return asked.then(
      () => 'done',
      (error: Error) => error.message,
    );
  }

  test('takes each kind from its own roles alone, in their territory alone', async () => {
    const said: readonly [kind: string, stage: string, roles: readonly string[]][] = [
      ['REMINDER', 'DONE', ['SI']],
      ['JOINT_SESSION', 'DONE', ['SI', 'LABOUR']],
      ['JOINT_SESSION', 'PLANNED', ['SI', 'LABOUR']],
      ['INSPECTION', 'DONE', ['LABOUR']],
      ['INSPECTION', 'PLANNED', ['LABOUR']],
      ['INSPECTION', 'PROPOSED', ['SI', 'UNION']],
      ['SANCTION', 'DRAFT', ['LABOUR']],
      ['SANCTION', 'DONE', ['LABOUR']],
      ['REFERRAL', 'DONE', ['SI', 'LABOUR']],
      ['SETTLEMENT', 'DONE', ['SI']],
      ['SUSPENSION', 'DONE', ['LABOUR']],
      ['FORCE_MAJEURE', 'DONE', ['SI', 'LABOUR']],
      ['HARD_TO_COLLECT', 'DONE', ['SI']],
      ['GIFT', 'DONE', []],
    ];
    const before = await everything(bench);
    const sql = 'select record_debt_event($1::jsonb)';
    for (const [kind, stage, allowed] of said) {
      for (const [agency, role] of Object.entries(roles)) {
        // A day on which nothing of the kind may be, so that who may act is refused for that alone.
        const row = { kind, stage, employer_id: 'inspected', occurred_on: '1999-01-01' };
        const expected = allowed.includes(role) ? 'EVENT_DAY_INVALID' : 'EMPLOYER_UNKNOWN';
        const name = `${agency} ${kind} ${stage}`;
        expect(await called(agency, sql, [JSON.stringify(row)]), name).toBe(expected);
        const nowhere = { provinces: ['DEBT|15@2025-07'], parties: ['DEBT|15@2025-07'] };
        expect(await called(agency, sql, [JSON.stringify(row)], nowhere), name).toBe(
          'EMPLOYER_UNKNOWN',
        );
      }
    }
    expect(await everything(bench)).toBe(before);
  });

  test('takes each step from its own roles alone', async () => {
    const { rows } = await bench.owner.query(
      `select id from debt_event where stage = 'PROPOSED' and agency_id = $1`,
      [union],
    );
    const proposal = rows[0].id as string;
    const claim = ['person', union];
    const steps: readonly [sql: string, values: unknown[], allowed: readonly string[]][] = [
      ['select decline_inspection($1, null)', [proposal], ['LABOUR']],
      ['select confirm_debt_event($1)', [proposal], []],
      ['select answer_union_presence($1, $2, null)', claim, ['SI']],
      [`select end_union_presence($1, $2, '1999-01-01', 'x')`, claim, ['SI', 'UNION']],
      [`select claim_union_presence('unit-owes', 'Công ty owes', '1980-01-01')`, [], ['UNION']],
    ];
    const unknown = /^(EVENT_UNKNOWN|PRESENCE_UNKNOWN|EMPLOYER_NOT_FOUND|CONFIRMATION_NOT_YOURS)$/;
    const before = await everything(bench);
    for (const [sql, values, allowed] of steps) {
      for (const [agency, role] of Object.entries(roles)) {
        const code = await called(agency, sql, values);
        expect(unknown.test(code), `${agency} ${sql}: ${code}`).toBe(!allowed.includes(role));
        expect(code, `${agency} ${sql}`).not.toBe('done');
      }
    }
    expect(await everything(bench)).toBe(before);
  });

  test('lets the gateway write no row by hand', async () => {
    for (const table of ['debt_event', 'union_presence', 'debt_fact_version']) {
      for (const sql of [`delete from ${table}`, `update ${table} set topic = topic`]) {
        expect(await called(insurer, sql, [])).toMatch(/permission denied/);
      }
    }
  });
});

test('every step is in both logs: who touched which employer, and no sum', async () => {
  const step = {
    employer: 'young',
    on: '2026-02-01',
    document: '99/TB',
    amount: '987654321',
    note: 'secret',
  };
  const text = stepText('recordDebtEvent', { event: { reminder: step } });
  const reply = accepted(await bench.gateway.ask(insurer, text));
  const { code } = reply.data.recordDebtEvent;
  const refusedText = stepText('recordDebtEvent', {
    event: { reminder: { ...step, on: inDays(3) } },
  });
  const refusedReply = await bench.gateway.ask(insurer, refusedText);
  const revoked = await bench.gateway.ask(
    insurer,
    stepText('revokeDebtEvent', { event: code, reason: 'x' }),
  );
  for (const { headers } of [reply, refusedReply, revoked]) {
    const { rows } = await bench.owner.query(
      `select employer_ids as ids from access_record where request_id = $1 and outcome <> 'INTENDED'`,
      [headers['request-id']],
    );
    expect(rows).toEqual([{ ids: ['young'] }]);
  }
  const { rows } = await bench.owner.query(
    `select action, agency_id, detail::text as detail from change_record
      where entity = 'debt_event' and entity_id = $1 order by changed_at`,
    [code],
  );
  expect(rows.map(({ action }) => action)).toEqual(['INSERT', 'UPDATE']);
  for (const { agency_id, detail } of rows) {
    expect(agency_id).toBe(insurer);
    expect(detail).not.toMatch(/987654321|secret|99\/TB/);
  }
});
