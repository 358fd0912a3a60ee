-- What a key may spend, and the secret it had before its last rotation.
ALTER TABLE "access"."api_keys"
  ADD COLUMN "units_per_minute" INTEGER NOT NULL DEFAULT 60000,
  ADD COLUMN "units_per_day" INTEGER NOT NULL DEFAULT 2000000,
  ADD COLUMN "rotated_at" TIMESTAMPTZ(3),
  ADD COLUMN "previous_prefix" TEXT,
  ADD COLUMN "previous_hash" TEXT,
  ADD COLUMN "previous_ends_at" TIMESTAMPTZ(3),
  ADD COLUMN "previous_last_used_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "api_keys_previous_prefix_key" ON "access"."api_keys"("previous_prefix");
ALTER TABLE "access"."api_keys"
  ADD CONSTRAINT "api_keys_quota_check" CHECK ("units_per_minute" > 0 AND "units_per_day" >= "units_per_minute"),
  ADD CONSTRAINT "api_keys_previous_check" CHECK (num_nonnulls("previous_prefix", "previous_hash", "previous_ends_at") IN (0, 3));

CREATE TABLE "access"."api_key_usage" (
  "key_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "operation" TEXT NOT NULL,
  "requests" BIGINT NOT NULL DEFAULT 0,
  "units" BIGINT NOT NULL DEFAULT 0,
  "refused" BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT "api_key_usage_pkey" PRIMARY KEY ("key_id", "day", "operation"),
  CONSTRAINT "api_key_usage_counts_check" CHECK ("requests" >= 0 AND "units" >= 0 AND "refused" >= 0)
);
ALTER TABLE "access"."api_key_usage" ADD CONSTRAINT "api_key_usage_key_id_fkey"
  FOREIGN KEY ("key_id") REFERENCES "access"."api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "access"."api_key_usage_batches" (
  "id" UUID NOT NULL,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "api_key_usage_batches_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "api_key_usage_batches_recorded_at_idx" ON "access"."api_key_usage_batches"("recorded_at");

-- Two secrets sign while a receiver moves from one to the other.
ALTER TABLE "access"."webhooks"
  ADD COLUMN "secret_rotated_at" TIMESTAMPTZ(3),
  ADD COLUMN "previous_secret_encrypted" TEXT,
  ADD COLUMN "previous_secret_ends_at" TIMESTAMPTZ(3);
ALTER TABLE "access"."webhooks"
  ADD CONSTRAINT "webhooks_previous_secret_check" CHECK (num_nonnulls("previous_secret_encrypted", "previous_secret_ends_at") IN (0, 2));

CREATE TABLE "access"."webhook_attempts" (
  "id" UUID NOT NULL DEFAULT uuidv7(),
  "delivery_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "response_status" INTEGER,
  "error" TEXT,
  "duration_ms" INTEGER,
  CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhook_attempts_delivery_id_at_idx" ON "access"."webhook_attempts"("delivery_id", "at");
ALTER TABLE "access"."webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_fkey"
  FOREIGN KEY ("delivery_id") REFERENCES "access"."webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;
