-- An identification reads the employers of a province some thousand at a time, in the order of their ids: the largest
-- province has more than one statement may read.

-- DropIndex
DROP INDEX "employer_province_id_idx";

-- CreateIndex
CREATE INDEX "employer_province_id_id_idx" ON "employer"("province_id", "id");
