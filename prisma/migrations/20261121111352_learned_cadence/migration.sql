-- AlterTable
ALTER TABLE "telemetry"."latest_measurements" DROP COLUMN "expected_by",
ADD COLUMN     "usual_gap_seconds" INTEGER;
