-- CreateEnum
CREATE TYPE "telemetry"."analysis_state" AS ENUM ('READY', 'NOT_ENOUGH_HISTORY', 'FAILED');

-- AlterEnum
ALTER TYPE "telemetry"."rule_kind" ADD VALUE 'SEASONAL_ANOMALY';

-- CreateTable
CREATE TABLE "telemetry"."series_analyses" (
    "point_id" UUID NOT NULL,
    "variable" "telemetry"."variable_kind" NOT NULL,
    "anomalies_stamp" TEXT,
    "anomalies_state" "telemetry"."analysis_state",
    "anomalies_up_to" TIMESTAMPTZ(3),
    "anomalies_at" TIMESTAMPTZ(3),
    "anomalies" JSONB NOT NULL DEFAULT '[]',
    "ongoing" JSONB,
    "outlook_stamp" TEXT,
    "outlook_state" "telemetry"."analysis_state",
    "outlook_at" TIMESTAMPTZ(3),
    "outlook" JSONB,
    "took_ms" INTEGER,

    CONSTRAINT "series_analyses_pkey" PRIMARY KEY ("point_id","variable")
);

-- AddForeignKey
ALTER TABLE "telemetry"."series_analyses" ADD CONSTRAINT "series_analyses_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was made says what it was made of.
ALTER TABLE "telemetry"."series_analyses"
  ADD CONSTRAINT "series_analyses_anomalies" CHECK (num_nulls("anomalies_stamp", "anomalies_state", "anomalies_at") IN (0, 3)),
  ADD CONSTRAINT "series_analyses_outlook" CHECK (num_nulls("outlook_stamp", "outlook_state", "outlook_at") IN (0, 3)),
  ADD CONSTRAINT "series_analyses_ongoing" CHECK ("ongoing" IS NULL OR "anomalies_state" = 'READY'),
  ADD CONSTRAINT "series_analyses_ready" CHECK (("outlook" IS NOT NULL) = ("outlook_state" IS NOT DISTINCT FROM 'READY'));
