-- What a regulator has accepted can be verified, and nothing else. A voucher that a person typed is their word: it may be
-- taken back as long as no call has brought one; the slot then waits for a person again, and is no nearer to being sent.
CREATE OR REPLACE FUNCTION "telemetry"."refuse_reopening"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" = 'SENT' AND NEW."status" = 'NEEDS_REVIEW' AND NEW."voucher" IS NULL AND OLD."resolved_by" IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM "telemetry"."submission_attempts" a
      WHERE a."submission_id" = OLD."id" AND a."outcome" IN ('ACCEPTED', 'DUPLICATE_WITH_VOUCHER'))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Submission % was accepted and cannot become %', OLD."id", NEW."status"
    USING ERRCODE = 'restrict_violation';
END $$;
