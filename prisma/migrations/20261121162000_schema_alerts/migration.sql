-- AlterEnum
ALTER TYPE "telemetry"."rule_kind" ADD VALUE 'SCHEMA_VALIDATION';

-- AlterTable
ALTER TABLE "telemetry"."alerts" ADD COLUMN "subject" TEXT NOT NULL DEFAULT '';

-- What a rule is about beside its quantity has episodes of its own.
CREATE UNIQUE INDEX "alerts_one_open_episode_of_subject" ON "telemetry"."alerts" ("point_id", "rule_id", "variable", "subject")
  NULLS NOT DISTINCT WHERE "status" <> 'RESOLVED';
DROP INDEX "telemetry"."alerts_one_open_episode";
