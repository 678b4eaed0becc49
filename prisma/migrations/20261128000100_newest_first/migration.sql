-- The newest figures of everywhere, for a reader of the whole country: a page reads one period and not the table. The
-- oldest first are asked for too seldom to be worth an index that every load keeps up. Prisma knows no order of nulls.
CREATE INDEX "observation_period_start_idx" ON "observation"("period_start" DESC NULLS LAST);
