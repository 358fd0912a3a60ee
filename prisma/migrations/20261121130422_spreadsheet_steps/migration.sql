-- AlterEnum
ALTER TYPE "inventory"."spreadsheet_import_status" ADD VALUE 'UNDOING';

-- AlterTable
ALTER TABLE "inventory"."spreadsheet_imports" ADD COLUMN     "plan_hash" TEXT,
ADD COLUMN     "site_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "step_attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "step_taken_at" TIMESTAMPTZ(3);

-- What was being undone is asked for again; imports of before say which sites they touched.
UPDATE "inventory"."spreadsheet_imports" SET "error_message" = NULL WHERE "error_message" = 'UNDOING';
UPDATE "inventory"."spreadsheet_imports" i SET "site_ids" = touched.ids
FROM (
  SELECT "import_id", array_agg(DISTINCT ("data"->>'siteId')::uuid) AS ids
  FROM "inventory"."spreadsheet_import_rows" WHERE "data"->>'siteId' IS NOT NULL GROUP BY "import_id"
) touched WHERE touched."import_id" = i."id";
