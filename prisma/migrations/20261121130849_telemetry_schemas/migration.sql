-- CreateEnum
CREATE TYPE "telemetry"."group_interval" AS ENUM ('MINUTES_5', 'MINUTES_10', 'MINUTES_15', 'MINUTES_30', 'HOUR', 'DAY', 'MONTH');

-- CreateEnum
CREATE TYPE "telemetry"."group_aggregate" AS ENUM ('AVERAGE', 'MINIMUM', 'MAXIMUM', 'FIRST', 'LAST', 'DELTA');

-- CreateEnum
CREATE TYPE "telemetry"."schema_chart" AS ENUM ('NONE', 'LINES', 'BARS');

-- DropForeignKey
ALTER TABLE "telemetry"."telemetry_groups" DROP CONSTRAINT "telemetry_groups_schema_id_fkey";

-- AlterTable
ALTER TABLE "telemetry"."telemetry_schemas" DROP COLUMN "calculated_fields",
DROP COLUMN "display",
DROP COLUMN "grouping",
DROP COLUMN "processing",
DROP COLUMN "validation_rules",
DROP COLUMN "variables",
ADD COLUMN     "chart" "telemetry"."schema_chart" NOT NULL DEFAULT 'NONE',
ADD COLUMN     "created_by" UUID,
ADD COLUMN     "interval" "telemetry"."group_interval" NOT NULL DEFAULT 'HOUR',
ADD COLUMN     "is_for_all_points" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "tolerance_minutes" SMALLINT NOT NULL DEFAULT 0;

-- DropTable
DROP TABLE "telemetry"."telemetry_groups";

-- CreateTable
CREATE TABLE "telemetry"."telemetry_schema_columns" (
    "schema_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "shown_position" SMALLINT,
    "variable" "telemetry"."variable_kind",
    "aggregate" "telemetry"."group_aggregate",
    "expression" TEXT,
    "unit" TEXT,
    "decimals" SMALLINT,
    "label_es" TEXT,
    "label_en" TEXT,

    CONSTRAINT "telemetry_schema_columns_pkey" PRIMARY KEY ("schema_id","name")
);

-- CreateTable
CREATE TABLE "telemetry"."telemetry_schema_rules" (
    "schema_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "expression" TEXT NOT NULL,
    "sentence_es" TEXT NOT NULL,
    "sentence_en" TEXT NOT NULL,

    CONSTRAINT "telemetry_schema_rules_pkey" PRIMARY KEY ("schema_id","position")
);

-- CreateTable
CREATE TABLE "telemetry"."telemetry_schema_points" (
    "schema_id" UUID NOT NULL,
    "point_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,

    CONSTRAINT "telemetry_schema_points_pkey" PRIMARY KEY ("schema_id","point_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "telemetry_schema_columns_schema_id_position_key" ON "telemetry"."telemetry_schema_columns"("schema_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "telemetry_schema_columns_schema_id_shown_position_key" ON "telemetry"."telemetry_schema_columns"("schema_id", "shown_position");

-- CreateIndex
CREATE INDEX "telemetry_schema_points_point_id_idx" ON "telemetry"."telemetry_schema_points"("point_id");

-- CreateIndex
CREATE UNIQUE INDEX "catchment_points_id_company_id_key" ON "telemetry"."catchment_points"("id", "company_id");

-- CreateIndex
CREATE UNIQUE INDEX "telemetry_schemas_id_company_id_key" ON "telemetry"."telemetry_schemas"("id", "company_id");

-- AddForeignKey
ALTER TABLE "telemetry"."telemetry_schema_columns" ADD CONSTRAINT "telemetry_schema_columns_schema_id_fkey" FOREIGN KEY ("schema_id") REFERENCES "telemetry"."telemetry_schemas"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."telemetry_schema_rules" ADD CONSTRAINT "telemetry_schema_rules_schema_id_fkey" FOREIGN KEY ("schema_id") REFERENCES "telemetry"."telemetry_schemas"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."telemetry_schema_points" ADD CONSTRAINT "telemetry_schema_points_schema_id_company_id_fkey" FOREIGN KEY ("schema_id", "company_id") REFERENCES "telemetry"."telemetry_schemas"("id", "company_id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "telemetry"."telemetry_schema_points" ADD CONSTRAINT "telemetry_schema_points_point_id_company_id_fkey" FOREIGN KEY ("point_id", "company_id") REFERENCES "telemetry"."catchment_points"("id", "company_id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "telemetry"."telemetry_schemas"
  ADD CONSTRAINT "telemetry_schemas_name" CHECK (char_length("name") BETWEEN 1 AND 120),
  ADD CONSTRAINT "telemetry_schemas_tolerance" CHECK ("tolerance_minutes" BETWEEN 0 AND 1440);

-- A quantity is measured, a calculated field has an expression; neither is half of both.
ALTER TABLE "telemetry"."telemetry_schema_columns"
  ADD CONSTRAINT "telemetry_schema_columns_name" CHECK ("name" ~ '^[a-z][a-z0-9_]{0,39}$'),
  ADD CONSTRAINT "telemetry_schema_columns_kind" CHECK (
    num_nonnulls("variable", "aggregate") = 2 AND num_nonnulls("expression", "unit", "decimals", "label_es", "label_en") = 0
    OR num_nonnulls("variable", "aggregate") = 0 AND num_nonnulls("expression", "unit", "decimals", "label_es", "label_en") = 5),
  ADD CONSTRAINT "telemetry_schema_columns_delta" CHECK ("aggregate" <> 'DELTA' OR "variable" = 'TOTAL'),
  ADD CONSTRAINT "telemetry_schema_columns_expression" CHECK (char_length("expression") BETWEEN 1 AND 500),
  ADD CONSTRAINT "telemetry_schema_columns_decimals" CHECK ("decimals" BETWEEN 0 AND 9),
  ADD CONSTRAINT "telemetry_schema_columns_position" CHECK ("position" BETWEEN 0 AND 59 AND "shown_position" BETWEEN 0 AND 59);

ALTER TABLE "telemetry"."telemetry_schema_rules"
  ADD CONSTRAINT "telemetry_schema_rules_expression" CHECK (char_length("expression") BETWEEN 1 AND 500),
  ADD CONSTRAINT "telemetry_schema_rules_position" CHECK ("position" BETWEEN 0 AND 29),
  ADD CONSTRAINT "telemetry_schema_rules_sentences" CHECK ("sentence_es" <> '' AND "sentence_en" <> '');
