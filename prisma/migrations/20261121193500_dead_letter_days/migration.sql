-- CreateTable
CREATE TABLE "telemetry"."dead_letter_days" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID,
    "day" DATE NOT NULL,
    "kept" INTEGER NOT NULL,
    "dropped" INTEGER NOT NULL,

    CONSTRAINT "dead_letter_days_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dead_letter_days_day_idx" ON "telemetry"."dead_letter_days"("day");

-- What is nobody's has a row a day too.
CREATE UNIQUE INDEX "dead_letter_days_company_id_day_key" ON "telemetry"."dead_letter_days"("company_id", "day") NULLS NOT DISTINCT;

-- What is kept already counts.
INSERT INTO "telemetry"."dead_letter_days" ("company_id", "day", "kept", "dropped")
  SELECT "company_id", ("received_at" AT TIME ZONE 'UTC')::date, count(*), 0 FROM "telemetry"."dead_letters" GROUP BY 1, 2;
