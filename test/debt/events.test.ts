/** What is done about debts, from outside: each kind by its own agency, what it changes in law, and for whom it opens. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseBench } from '../release/support.ts';
import { accepted } from '../release/support.ts';
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
