-- AlterTable
ALTER TABLE "inventory"."forecast_runs" ADD COLUMN     "beating" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "chosen" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "judged" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "skill" DOUBLE PRECISION;

ALTER TABLE "inventory"."forecast_runs" ADD CONSTRAINT "forecast_runs_outcome_makes_sense"
  CHECK (jsonb_typeof("chosen") = 'object' AND "judged" >= "beating" AND "beating" >= 0 AND "skill" <= 1);
