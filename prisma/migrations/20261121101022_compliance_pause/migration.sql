-- AlterTable
ALTER TABLE "telemetry"."compliance_sources" ADD COLUMN     "paused_until" TIMESTAMPTZ(3);
