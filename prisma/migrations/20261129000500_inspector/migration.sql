-- Lists that an inspector of a province works with, each by an index; the reasons stand in src/debt/README.md.

-- CreateIndex
CREATE INDEX "debt_position_amount" ON "debt_position"("province_id", "as_of", "amount" DESC, "employer_id", "id");

-- CreateIndex
CREATE INDEX "debt_position_age" ON "debt_position"("province_id", "as_of", "oldest_due_on", "employer_id", "id");

-- CreateIndex
CREATE INDEX "debt_position_next" ON "debt_position"("province_id", "as_of", "next_on", "employer_id", "id");

-- CreateIndex
CREATE INDEX "debt_position_evasion" ON "debt_position"("province_id", "as_of", "evasion_on", "employer_id", "id");

-- CreateIndex
CREATE INDEX "debt_position_became_late" ON "debt_position"("province_id", "as_of", "became_late_on");

-- CreateIndex
CREATE INDEX "debt_event_province_id_agreed_by_idx" ON "debt_event"("province_id", "agreed_by");
