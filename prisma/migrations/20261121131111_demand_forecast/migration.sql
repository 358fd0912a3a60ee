-- CreateEnum
CREATE TYPE "inventory"."forecast_run_status" AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED');

-- AlterEnum
ALTER TYPE "inventory"."forecast_method" ADD VALUE 'RANDOM_FOREST';
ALTER TYPE "inventory"."forecast_method" ADD VALUE 'CATEGORY_PROFILE';

-- Made from sales at any time; one for each product and site from now on.
DELETE FROM "inventory"."demand_forecasts";

-- DropIndex
DROP INDEX "inventory"."demand_forecasts_product_id_site_id_created_at_idx";

-- DropIndex
DROP INDEX "inventory"."demand_forecasts_product_id_site_id_starts_on_horizon_days__key";

-- AlterTable
ALTER TABLE "inventory"."demand_forecast_points" ADD COLUMN     "sum_deviation" DECIMAL(18,5) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "inventory"."demand_forecasts" ADD COLUMN     "basis_days" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "beats_seasonal_naive" BOOLEAN,
ADD COLUMN     "stock_out_days" INTEGER NOT NULL DEFAULT 0,
ALTER COLUMN "site_id" SET NOT NULL;

-- CreateTable
CREATE TABLE "inventory"."forecast_runs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "status" "inventory"."forecast_run_status" NOT NULL DEFAULT 'PENDING',
    "night_of" DATE,
    "requested_by" UUID,
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "computed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "last_product_id" UUID,
    "last_site_id" UUID,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "heartbeat_at" TIMESTAMPTZ(3),
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "forecast_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "forecast_runs_company_id_created_at_idx" ON "inventory"."forecast_runs"("company_id", "created_at");

-- CreateIndex
CREATE INDEX "demand_forecasts_site_id_product_id_idx" ON "inventory"."demand_forecasts"("site_id", "product_id");

-- CreateIndex
CREATE UNIQUE INDEX "demand_forecasts_product_id_site_id_key" ON "inventory"."demand_forecasts"("product_id", "site_id");

ALTER TABLE "inventory"."demand_forecasts" ADD CONSTRAINT "demand_forecasts_make_sense"
  CHECK ("horizon_days" > 0 AND "history_days" >= 0 AND "stock_out_days" >= 0 AND "basis_days" IN (1, 7) AND "coverage" > 0 AND "coverage" < 1);
ALTER TABLE "inventory"."demand_forecast_points" ADD CONSTRAINT "demand_forecast_points_make_sense"
  CHECK ("low" >= 0 AND "low" <= "expected" AND "expected" <= "high" AND "high" < 1e13 AND "sum_deviation" >= 0 AND "sum_deviation" < 1e13);

-- Two workers cannot forecast the same company at once, and a night is done once.
CREATE UNIQUE INDEX "forecast_runs_one_at_a_time" ON "inventory"."forecast_runs" ("company_id") WHERE "status" IN ('PENDING', 'RUNNING');
CREATE UNIQUE INDEX "forecast_runs_one_a_night" ON "inventory"."forecast_runs" ("company_id", "night_of") WHERE "night_of" IS NOT NULL;
