-- CreateEnum
CREATE TYPE "telemetry"."notification_event" AS ENUM ('ALERT_OPENED', 'ALERT_RESOLVED', 'COMPLIANCE_REJECTED', 'COMPLIANCE_REVIEW', 'DAILY_SUMMARY', 'TEST');

-- CreateEnum
CREATE TYPE "telemetry"."notification_digest" AS ENUM ('IMMEDIATE', 'HOURLY', 'DAILY');

-- CreateEnum
CREATE TYPE "telemetry"."language" AS ENUM ('es', 'en');

-- AlterEnum
ALTER TYPE "telemetry"."notification_status" ADD VALUE 'KEPT';

-- DropForeignKey
ALTER TABLE "telemetry"."notification_deliveries" DROP CONSTRAINT "notification_deliveries_rule_id_fkey";

-- DropIndex
DROP INDEX "telemetry"."notification_deliveries_rule_id_created_at_idx";

-- DropIndex
DROP INDEX "telemetry"."notification_deliveries_status_next_attempt_at_idx";

-- DropIndex
DROP INDEX "telemetry"."notification_rules_company_id_is_active_idx";

-- AlterTable
ALTER TABLE "telemetry"."notification_deliveries" DROP COLUMN "recipient",
ADD COLUMN     "address" TEXT NOT NULL,
ADD COLUMN     "company_id" UUID NOT NULL,
ADD COLUMN     "event" "telemetry"."notification_event" NOT NULL,
ADD COLUMN     "is_digested" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "recipient_id" UUID,
ALTER COLUMN "rule_id" DROP NOT NULL,
ALTER COLUMN "subject" SET NOT NULL,
ALTER COLUMN "body" SET NOT NULL;

-- AlterTable
ALTER TABLE "telemetry"."notification_rules" DROP COLUMN "event_kinds",
DROP COLUMN "quiet_from_minute",
DROP COLUMN "quiet_to_minute",
DROP COLUMN "recipients",
ADD COLUMN     "events" "telemetry"."notification_event"[];

-- CreateTable
CREATE TABLE "telemetry"."notification_recipients" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "language" "telemetry"."language" NOT NULL DEFAULT 'es',
    "email" TEXT,
    "phone" TEXT,
    "webhook_url_encrypted" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'America/Santiago',
    "quiet_from_minute" INTEGER,
    "quiet_to_minute" INTEGER,
    "digest" "telemetry"."notification_digest" NOT NULL DEFAULT 'IMMEDIATE',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_recipients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."notification_rule_recipients" (
    "rule_id" UUID NOT NULL,
    "recipient_id" UUID NOT NULL,

    CONSTRAINT "notification_rule_recipients_pkey" PRIMARY KEY ("rule_id","recipient_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "notification_recipients_company_id_name_key" ON "telemetry"."notification_recipients"("company_id", "name");

-- CreateIndex
CREATE INDEX "notification_rule_recipients_recipient_id_idx" ON "telemetry"."notification_rule_recipients"("recipient_id");

-- CreateIndex
CREATE INDEX "notification_deliveries_company_id_created_at_id_idx" ON "telemetry"."notification_deliveries"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "notification_deliveries_rule_id_idx" ON "telemetry"."notification_deliveries"("rule_id");

-- CreateIndex
CREATE INDEX "notification_deliveries_recipient_id_idx" ON "telemetry"."notification_deliveries"("recipient_id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_rules_company_id_name_key" ON "telemetry"."notification_rules"("company_id", "name");

-- AddForeignKey
ALTER TABLE "telemetry"."notification_rule_recipients" ADD CONSTRAINT "notification_rule_recipients_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "telemetry"."notification_rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."notification_rule_recipients" ADD CONSTRAINT "notification_rule_recipients_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "telemetry"."notification_recipients"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."notification_deliveries" ADD CONSTRAINT "notification_deliveries_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "telemetry"."notification_rules"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."notification_deliveries" ADD CONSTRAINT "notification_deliveries_recipient_id_fkey" FOREIGN KEY ("recipient_id") REFERENCES "telemetry"."notification_recipients"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "telemetry"."notification_recipients"
  ADD CONSTRAINT "notification_recipients_can_be_reached" CHECK (num_nonnulls("email", "phone", "webhook_url_encrypted") > 0),
  ADD CONSTRAINT "notification_recipients_phone_is_e164" CHECK ("phone" ~ '^\+[1-9][0-9]{6,14}$'),
  ADD CONSTRAINT "notification_recipients_quiet_hours" CHECK (
    num_nonnulls("quiet_from_minute", "quiet_to_minute") <> 1
    AND "quiet_from_minute" BETWEEN 0 AND 1439 AND "quiet_to_minute" BETWEEN 0 AND 1439
    AND "quiet_from_minute" <> "quiet_to_minute");

ALTER TABLE "telemetry"."notification_rules"
  ADD CONSTRAINT "notification_rules_tell_something" CHECK (cardinality("events") > 0 AND cardinality("channels") > 0);

-- What is to be sent: small however long the log grows.
CREATE INDEX "notification_deliveries_due" ON "telemetry"."notification_deliveries" ("next_attempt_at")
  WHERE "status" IN ('PENDING', 'SENDING');
