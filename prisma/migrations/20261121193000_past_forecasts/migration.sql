-- Demand over a lead time is asked of every product at once: with the sums kept beside the forecast it is two look-ups in
-- one row, not a sum over the rows of its days.
ALTER TABLE "inventory"."demand_forecasts" ADD COLUMN     "expected_sums" DOUBLE PRECISION[] DEFAULT ARRAY[]::DOUBLE PRECISION[],
ADD COLUMN     "sum_deviations" REAL[] DEFAULT ARRAY[]::REAL[];

-- Made from sales at any time: one without a day of its own is made again.
DELETE FROM "inventory"."demand_forecasts" AS "f" WHERE "f"."horizon_days" <>
  (SELECT count(*) FROM "inventory"."demand_forecast_points" AS "p" WHERE "p"."forecast_id" = "f"."id");
UPDATE "inventory"."demand_forecasts" AS "f" SET "expected_sums" = "s"."expected", "sum_deviations" = "s"."deviations"
FROM (
  SELECT "forecast_id", array_agg("expected"::float8 ORDER BY "date") AS "expected", array_agg("deviation"::real ORDER BY "date") AS "deviations"
  FROM (
    SELECT "forecast_id", "date", sum("expected") OVER "so_far" AS "expected", max("sum_deviation") OVER "so_far" AS "deviation"
    FROM "inventory"."demand_forecast_points" WINDOW "so_far" AS (PARTITION BY "forecast_id" ORDER BY "date")) AS "day"
  GROUP BY "forecast_id") AS "s"
WHERE "s"."forecast_id" = "f"."id";

ALTER TABLE "inventory"."demand_forecasts" ADD CONSTRAINT "demand_forecasts_have_their_sums"
  CHECK (coalesce(cardinality("expected_sums"), 0) = "horizon_days" AND coalesce(cardinality("sum_deviations"), 0) = "horizon_days");

-- CreateTable
CREATE TABLE "inventory"."past_forecasts" (
    "product_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "made_on" DATE NOT NULL,
    "method" "inventory"."forecast_method" NOT NULL,
    "coverage" REAL NOT NULL,
    "expected" REAL[],
    "low" REAL[],
    "high" REAL[],
    "settled_days" SMALLINT NOT NULL DEFAULT 0,
    "week_said" DOUBLE PRECISION,
    "week_sold" DOUBLE PRECISION,

    CONSTRAINT "past_forecasts_pkey" PRIMARY KEY ("product_id","site_id","made_on")
);

-- CreateTable
CREATE TABLE "inventory"."forecast_outcomes" (
    "company_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "horizon_days" SMALLINT NOT NULL,
    "week" DATE NOT NULL,
    "forecasts" INTEGER NOT NULL,
    "known_days" INTEGER NOT NULL,
    "inside_days" INTEGER NOT NULL,
    "claimed_days" DOUBLE PRECISION NOT NULL,
    "said" DOUBLE PRECISION NOT NULL,
    "sold" DOUBLE PRECISION NOT NULL,
    "missed" DOUBLE PRECISION NOT NULL,
    "naive_missed" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "forecast_outcomes_pkey" PRIMARY KEY ("company_id","site_id","horizon_days","week")
);

-- CreateIndex
CREATE INDEX "past_forecasts_company_id_made_on_idx" ON "inventory"."past_forecasts"("company_id", "made_on");

-- CreateIndex
CREATE INDEX "past_forecasts_made_on_idx" ON "inventory"."past_forecasts"("made_on");

-- AddForeignKey
ALTER TABLE "inventory"."past_forecasts" ADD CONSTRAINT "past_forecasts_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "inventory"."erp_productos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Those whose first week, and those whose thirty days are still to be counted: each few, whatever was kept.
CREATE INDEX "past_forecasts_week_ahead" ON "inventory"."past_forecasts" ("company_id", "made_on") WHERE "settled_days" = 0;
CREATE INDEX "past_forecasts_month_ahead" ON "inventory"."past_forecasts" ("company_id", "made_on") WHERE "settled_days" = 7;

ALTER TABLE "inventory"."past_forecasts" ADD CONSTRAINT "past_forecasts_make_sense" CHECK (
  coalesce(cardinality("expected"), 0) = 30 AND coalesce(cardinality("low"), 0) = 30 AND coalesce(cardinality("high"), 0) = 30 AND "settled_days" IN (0, 7, 30)
  AND ("settled_days" = 0) = ("week_said" IS NULL) AND ("week_said" IS NULL) = ("week_sold" IS NULL) AND "coverage" > 0 AND "coverage" < 1);
ALTER TABLE "inventory"."forecast_outcomes" ADD CONSTRAINT "forecast_outcomes_make_sense" CHECK (
  "horizon_days" IN (7, 30) AND extract(isodow FROM "week") = 1 AND "forecasts" > 0 AND "inside_days" BETWEEN 0 AND "known_days"
  AND "said" >= 0 AND "sold" >= 0 AND "missed" >= 0 AND "naive_missed" >= 0);
