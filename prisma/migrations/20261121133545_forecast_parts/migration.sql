-- AlterEnum
ALTER TYPE "inventory"."forecast_method" ADD VALUE 'COMBINED';

-- AlterTable
ALTER TABLE "inventory"."demand_forecasts" ADD COLUMN     "parts" "inventory"."forecast_method"[] DEFAULT ARRAY[]::"inventory"."forecast_method"[];

ALTER TABLE "inventory"."demand_forecasts" DROP CONSTRAINT "demand_forecasts_make_sense";
ALTER TABLE "inventory"."demand_forecasts" ADD CONSTRAINT "demand_forecasts_make_sense"
  CHECK ("horizon_days" > 0 AND "history_days" >= 0 AND "stock_out_days" >= 0 AND "basis_days" IN (1, 7, 28) AND "coverage" > 0 AND "coverage" < 1);
