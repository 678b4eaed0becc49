/** Of a debt position, what an inspector looks ahead to: what became late, what changes next, what turns into evasion. */
import { builder } from '../platform/builder.ts';
import { formatDay } from '../platform/scalars.ts';
import { DeadlineRef } from './assessment-parts.ts';
import type { NextDeadline } from './law/assessment.ts';
import { DebtPositionRef } from './position.ts';

builder.prismaObjectFields(DebtPositionRef, (t) => ({
  becameLateOn: t.expose('becameLateOn', {
    type: 'Date',
    nullable: true,
    description: 'The newest first late day of what is late; null where nothing is.',
  }),
  becameLateAmount: t.expose('becameLateAmount', {
    type: 'Int64',
    nullable: true,
    description:
      'What of `amount` became late in the month of the day, in dong; 0 also for workers who became late to be registered, of whom no amount is known; null where it is not recorded.',
  }),
  next: t.field({
    type: DeadlineRef,
    nullable: true,
    description:
      'What changes next if nothing more happens after that day; null where nothing does.',
    resolve: ({ nextOn, nextState }) =>
      nextOn && { on: formatDay(nextOn), state: nextState as NextDeadline['state'] },
  }),
  turnsEvasionOn: t.expose('evasionOn', {
    type: 'Date',
    nullable: true,
    description:
      'The first day on which something becomes evasion (Art 39) by itself unless it is paid or put right before; null where nothing would.',
  }),
  turnsEvasionAmount: t.expose('evasionAmount', {
    type: 'Int64',
    nullable: true,
    description:
      'What of `amount` becomes evasion on that day, in dong: so much must be paid before. 0 for workers who are not registered, of whom no amount is known.',
  }),
  turnsEvasionIfRemindedOn: t.expose('remindedEvasionOn', {
    type: 'Date',
    nullable: true,
    description:
      'The first day on which something of which nobody was reminded becomes evasion, unless it is paid before, if a written reminder is sent after the day of the position (Art 35): the day after that one where 60 days are over. Null where a reminder would make nothing evasion. Beside `turnsEvasionOn`, never in place of it.',
  }),
  turnsEvasionIfRemindedAmount: t.expose('remindedEvasionAmount', {
    type: 'Int64',
    nullable: true,
    description: 'What of `amount` becomes evasion on that day if a reminder is sent, in dong.',
  }),
}));
