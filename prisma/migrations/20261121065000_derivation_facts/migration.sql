-- CreateEnum
CREATE TYPE "telemetry"."reprocess_run_status" AS ENUM ('WAITING', 'RUNNING', 'DONE', 'FAILED');

-- DropIndex
DROP INDEX "telemetry"."point_variables_point_id_variable_valid_from_key";

-- AlterTable
ALTER TABLE "telemetry"."point_variables" ADD COLUMN     "max_flow_lps" DECIMAL(12,3);

-- AlterTable
ALTER TABLE "telemetry"."measurements" ALTER COLUMN "delta" SET DATA TYPE DECIMAL(24,9);

-- AlterTable
ALTER TABLE "telemetry"."measurement_rollups" ALTER COLUMN "delta" SET DATA TYPE DECIMAL(24,9);

-- CreateTable
CREATE TABLE "telemetry"."meter_changes" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "point_id" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "final_m3" DECIMAL(24,9),
    "initial_m3" DECIMAL(24,9) NOT NULL DEFAULT 0,
    "meter_digits" SMALLINT,
    "serial" TEXT,
    "note" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meter_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."reprocess_runs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "point_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "variables" "telemetry"."variable_kind"[],
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "is_dry_run" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "telemetry"."reprocess_run_status" NOT NULL DEFAULT 'WAITING',
    "position" JSONB,
    "summary" JSONB NOT NULL DEFAULT '[]',
    "error" TEXT,
    "requested_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reprocess_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "point_variables_point_id_variable_valid_from_idx" ON "telemetry"."point_variables"("point_id", "variable", "valid_from");

-- CreateIndex
CREATE INDEX "meter_changes_point_id_changed_at_idx" ON "telemetry"."meter_changes"("point_id", "changed_at");

-- CreateIndex
CREATE INDEX "reprocess_runs_point_id_created_at_idx" ON "telemetry"."reprocess_runs"("point_id", "created_at");

-- AddForeignKey
ALTER TABLE "telemetry"."meter_changes" ADD CONSTRAINT "meter_changes_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."reprocess_runs" ADD CONSTRAINT "reprocess_runs_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One version of a quantity's constants begins at an instant, and one meter; what was withdrawn is kept beside it.
CREATE UNIQUE INDEX "point_variables_one_at_a_time" ON "telemetry"."point_variables"
  ("point_id", "variable", "valid_from") WHERE "is_active";
CREATE UNIQUE INDEX "meter_changes_one_at_a_time" ON "telemetry"."meter_changes"
  ("point_id", "changed_at") WHERE "withdrawn_at" IS NULL;

ALTER TABLE "telemetry"."point_variables"
  ADD CONSTRAINT "point_variables_max_flow" CHECK ("max_flow_lps" > 0);

ALTER TABLE "telemetry"."meter_changes"
  ADD CONSTRAINT "meter_changes_stands" CHECK ("final_m3" >= 0 AND "initial_m3" >= 0),
  ADD CONSTRAINT "meter_changes_meter_digits" CHECK ("meter_digits" BETWEEN 1 AND 15);

ALTER TABLE "telemetry"."reprocess_runs"
  ADD CONSTRAINT "reprocess_runs_period" CHECK ("from_at" < "to_at");

-- What measurements were made by stays what it was: a new calibration is a new row with its own date.
CREATE FUNCTION "telemetry"."refuse_rewriting"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% % is a dated fact: withdraw it and record another', TG_TABLE_NAME, OLD."id"
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "point_variables_stay" BEFORE UPDATE ON "telemetry"."point_variables"
  FOR EACH ROW WHEN ((OLD."point_id", OLD."variable", OLD."unit", OLD."valid_from", OLD."pulses_per_liter", OLD."liters_per_pulse",
    OLD."calibration_factor", OLD."offset", OLD."max_flow_lps")
    IS DISTINCT FROM (NEW."point_id", NEW."variable", NEW."unit", NEW."valid_from", NEW."pulses_per_liter", NEW."liters_per_pulse",
    NEW."calibration_factor", NEW."offset", NEW."max_flow_lps"))
  EXECUTE FUNCTION "telemetry"."refuse_rewriting"();

CREATE TRIGGER "meter_changes_stay" BEFORE UPDATE ON "telemetry"."meter_changes"
  FOR EACH ROW WHEN ((OLD."point_id", OLD."changed_at", OLD."final_m3", OLD."initial_m3", OLD."meter_digits")
    IS DISTINCT FROM (NEW."point_id", NEW."changed_at", NEW."final_m3", NEW."initial_m3", NEW."meter_digits"))
  EXECUTE FUNCTION "telemetry"."refuse_rewriting"();
