-- AlterEnum
ALTER TYPE "telemetry"."submission_outcome" ADD VALUE 'NOT_SENT';

-- AlterTable
ALTER TABLE "telemetry"."compliance_sources" ADD COLUMN     "next_send_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "telemetry"."compliance_configs" ADD COLUMN     "live_approved_at" TIMESTAMPTZ(3),
ADD COLUMN     "live_approved_by" UUID,
ADD COLUMN     "live_requested_at" TIMESTAMPTZ(3),
ADD COLUMN     "live_requested_by" UUID;

-- AlterTable
ALTER TABLE "telemetry"."compliance_submissions" ADD COLUMN     "lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "verify_at" TIMESTAMPTZ(3),
ADD COLUMN     "verify_attempts" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "compliance_submissions_verify_at_idx" ON "telemetry"."compliance_submissions"("verify_at");

-- Going live takes two people. Nothing was ever sent for a point that is live without them: it goes on in the shadow.
UPDATE "telemetry"."compliance_configs" SET "mode" = 'SHADOW' WHERE "mode" = 'LIVE';
ALTER TABLE "telemetry"."compliance_configs" ADD CONSTRAINT "compliance_configs_live_by_two" CHECK (
  "mode" <> 'LIVE' OR ("live_requested_by" IS NOT NULL AND "live_approved_by" IS NOT NULL
    AND "live_requested_at" IS NOT NULL AND "live_approved_at" IS NOT NULL
    AND "live_requested_by" <> "live_approved_by"));

-- The rule of sending, whatever the code believes: what a regulator has is never sent again, and between two calls for
-- a slot lies a day, unless the first was never made.
CREATE FUNCTION "telemetry"."refuse_sending_twice"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM "telemetry"."submission_attempts" a
    WHERE a."submission_id" = NEW."submission_id" AND a."outcome"::text IN
      ('ACCEPTED', 'ACCEPTED_WITHOUT_VOUCHER', 'DUPLICATE_WITH_VOUCHER', 'DUPLICATE_WITHOUT_VOUCHER'))
  THEN
    RAISE EXCEPTION 'The regulator has submission % already', NEW."submission_id" USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (
    SELECT FROM "telemetry"."submission_attempts" a
    WHERE a."submission_id" = NEW."submission_id" AND a."outcome"::text IS DISTINCT FROM 'NOT_SENT'
      AND a."started_at" > NEW."started_at" - interval '24 hours')
  THEN
    RAISE EXCEPTION 'Submission % was tried less than a day ago', NEW."submission_id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "submission_attempts_never_twice" BEFORE INSERT ON "telemetry"."submission_attempts"
  FOR EACH ROW EXECUTE FUNCTION "telemetry"."refuse_sending_twice"();
