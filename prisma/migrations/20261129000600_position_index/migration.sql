-- The index by day alone: others that begin with the same columns serve everything that it was for, as measured on a
-- million employers (src/debt/README.md).

-- DropIndex
DROP INDEX "debt_position_province_id_as_of_idx";
