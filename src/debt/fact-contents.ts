/** What facts said before they were corrected, as `debt_fact_version` keeps it: the columns as texts. Pure. */
import { z } from 'zod';

const day = z.string().transform((text) => new Date(`${text}T00:00:00Z`));
const dong = z.string().transform(BigInt);
const count = z.string().transform(Number);
const months = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));

/** The columns that the law asks for, by table. */
export const contents = {
  obligation: z
    .object({
      time_period: z.string(),
      due_retirement: dong,
      due_sickness: dong,
      due_accident: dong,
      due_unemployment: dong,
      due_health: dong,
      workers: count,
      payment_cycle: z.string(),
      registered_on: day.nullable(),
    })
    .transform((was) => ({
      timePeriod: was.time_period,
      dueRetirement: was.due_retirement,
      dueSickness: was.due_sickness,
      dueAccident: was.due_accident,
      dueUnemployment: was.due_unemployment,
      dueHealth: was.due_health,
      workers: was.workers,
      paymentCycle: was.payment_cycle,
      registeredOn: was.registered_on,
    })),
  payment: z
    .object({ received_on: day, amount: dong, reversed_on: day.nullable() })
    .transform((was) => ({
      receivedOn: was.received_on,
      amount: was.amount,
      reversedOn: was.reversed_on,
    })),
  debt_event: z
    .object({
      kind: z.string(),
      stage: z.string(),
      occurred_on: day,
      cause: z.string().nullable(),
      from_on: day.nullable(),
      until_on: day.nullable(),
      time_periods: months,
    })
    .transform((was) => ({
      kind: was.kind,
      stage: was.stage,
      occurredOn: was.occurred_on,
      cause: was.cause,
      fromOn: was.from_on,
      untilOn: was.until_on,
      timePeriods: was.time_periods,
    })),
  registration_duty: z
    .object({
      duty_from: day,
      registered_on: day.nullable(),
      workers: count,
      amount: dong.nullable(),
    })
    .transform((was) => ({
      dutyFrom: was.duty_from,
      registeredOn: was.registered_on,
      workers: was.workers,
      amount: was.amount,
    })),
  underdeclaration: z
    .object({
      time_period: z.string(),
      registered_base: dong,
      legal_base: dong,
      workers: count,
      corrected_on: day.nullable(),
      amount: dong.nullable(),
    })
    .transform((was) => ({
      timePeriod: was.time_period,
      registeredBase: was.registered_base,
      legalBase: was.legal_base,
      workers: was.workers,
      correctedOn: was.corrected_on,
      amount: was.amount,
    })),
} as const;
