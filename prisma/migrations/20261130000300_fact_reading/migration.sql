-- All that the law and the row policies ask of obligations and payments stands in an index by employer: facts come
-- month by month and lie scattered, and an employer's year is then one or two pages instead of one for each month. Columns
-- of the key and not INCLUDE, which schema.prisma cannot say. Measured in src/debt/README.md.

-- CreateIndex
CREATE INDEX "obligation_judged_idx" ON "obligation"("employer_id", "time_period", "topic", "area_id", "province_id", "known_from", "due_retirement", "due_sickness", "due_accident", "due_unemployment", "due_health", "workers", "payment_cycle", "registered_on");

-- CreateIndex
CREATE INDEX "payment_judged_idx" ON "payment"("employer_id", "received_on", "topic", "area_id", "province_id", "id", "known_from", "amount", "reversed_on");

-- DropIndex
DROP INDEX "payment_employer_id_received_on_idx";
