-- CreateEnum
CREATE TYPE "platform"."job_outcome" AS ENUM ('DONE', 'FAILED');

-- CreateTable
CREATE TABLE "platform"."job_schedules" (
    "name" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "outcome" "platform"."job_outcome",
    "took_ms" INTEGER,
    "error" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "job_schedules_pkey" PRIMARY KEY ("name")
);
