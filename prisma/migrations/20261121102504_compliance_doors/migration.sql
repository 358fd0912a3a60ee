-- CreateTable
CREATE TABLE "telemetry"."regulator_accounts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" UUID,

    CONSTRAINT "regulator_accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."voucher_links" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "submission_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" UUID,

    CONSTRAINT "voucher_links_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "regulator_accounts_username_key" ON "telemetry"."regulator_accounts"("username");

-- CreateIndex
CREATE INDEX "regulator_accounts_company_id_idx" ON "telemetry"."regulator_accounts"("company_id");

-- CreateIndex
CREATE INDEX "regulator_accounts_source_id_idx" ON "telemetry"."regulator_accounts"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "voucher_links_token_hash_key" ON "telemetry"."voucher_links"("token_hash");

-- CreateIndex
CREATE INDEX "voucher_links_submission_id_idx" ON "telemetry"."voucher_links"("submission_id");

-- AddForeignKey
ALTER TABLE "telemetry"."regulator_accounts" ADD CONSTRAINT "regulator_accounts_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "telemetry"."compliance_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."voucher_links" ADD CONSTRAINT "voucher_links_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "telemetry"."compliance_submissions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One account of a company at a regulator, and one link to a voucher, is in force at a time.
CREATE UNIQUE INDEX "regulator_accounts_one_in_force" ON "telemetry"."regulator_accounts" ("company_id", "source_id")
  WHERE "revoked_at" IS NULL;
CREATE UNIQUE INDEX "voucher_links_one_in_force" ON "telemetry"."voucher_links" ("submission_id")
  WHERE "revoked_at" IS NULL;
