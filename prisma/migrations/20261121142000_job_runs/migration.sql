-- CreateTable
CREATE TABLE "platform"."job_runs" (
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "platform"."job_outcome" NOT NULL,
    "took_ms" INTEGER NOT NULL,
    "error" TEXT,

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("name","started_at"),
    CONSTRAINT "job_runs_took_ms_check" CHECK ("took_ms" >= 0),
    CONSTRAINT "job_runs_times_check" CHECK ("finished_at" >= "started_at")
);

-- Failures are kept longer than what went well: they are looked for among them.
CREATE INDEX "job_runs_failed" ON "platform"."job_runs" ("name", "started_at" DESC) WHERE "outcome" = 'FAILED';
