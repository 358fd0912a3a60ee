-- AlterEnum
ALTER TYPE "telemetry"."provider_kind" ADD VALUE 'HTTP_PULL';

-- AlterTable
ALTER TABLE "telemetry"."source_channels" ADD COLUMN     "unit" TEXT;
