-- Generated from prisma/schema, but for one thing: "telemetry"."raw_readings" and "telemetry"."measurements" are
-- PARTITION BY RANGE. What the Prisma schema cannot say is in the next migration.

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "access";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "assistant";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "clinics";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "finance";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "inventory";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "platform";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "production";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "telemetry";

-- CreateEnum
CREATE TYPE "access"."role" AS ENUM ('ADMIN', 'MANAGER', 'ANALYST', 'USER', 'VIEWER');

-- CreateEnum
CREATE TYPE "access"."dashboard" AS ENUM ('CEO', 'CFO', 'LEADERS', 'PLANT', 'WAREHOUSE', 'CLINIC', 'WATER');

-- CreateEnum
CREATE TYPE "access"."locale" AS ENUM ('es', 'en');

-- CreateEnum
CREATE TYPE "access"."site_kind" AS ENUM ('PLANT', 'WAREHOUSE', 'CLINIC', 'CATCHMENT_AREA', 'OFFICE');

-- CreateEnum
CREATE TYPE "access"."webhook_delivery_status" AS ENUM ('PENDING', 'SENDING', 'DELIVERED', 'FAILED', 'DEAD');

-- CreateEnum
CREATE TYPE "access"."actor_kind" AS ENUM ('ANONYMOUS', 'USER', 'API_KEY', 'SYSTEM');

-- CreateEnum
CREATE TYPE "assistant"."answer_status" AS ENUM ('QUEUED', 'RUNNING', 'ANSWERED', 'CLARIFY', 'ABSTAINED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "assistant"."plan_kind" AS ENUM ('METRIC', 'GRAPHQL', 'SQL');

-- CreateEnum
CREATE TYPE "assistant"."answer_step_status" AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'SKIPPED');

-- CreateEnum
CREATE TYPE "clinics"."appointment_status" AS ENUM ('PROPOSED', 'PENDING', 'BOOKED', 'ARRIVED', 'FULFILLED', 'CANCELLED', 'NOSHOW');

-- CreateEnum
CREATE TYPE "clinics"."slot_status" AS ENUM ('FREE', 'BUSY', 'BUSY_UNAVAILABLE', 'BUSY_TENTATIVE', 'ENTERED_IN_ERROR');

-- CreateEnum
CREATE TYPE "clinics"."booking_channel" AS ENUM ('WHATSAPP', 'STAFF', 'WEB', 'API');

-- CreateEnum
CREATE TYPE "clinics"."document_type" AS ENUM ('NATIONAL_ID', 'PASSPORT', 'FOREIGN_ID', 'OTHER');

-- CreateEnum
CREATE TYPE "clinics"."conversation_state" AS ENUM ('INITIAL', 'IDENTIFIED', 'SYMPTOMS_CLASSIFIED', 'SLOTS_SHOWN', 'SLOT_SELECTED', 'APPOINTMENT_BOOKED', 'CANCELLATION_STARTED', 'FINISHED');

-- CreateEnum
CREATE TYPE "clinics"."message_direction" AS ENUM ('INBOUND', 'OUTBOUND');

-- CreateEnum
CREATE TYPE "clinics"."message_author" AS ENUM ('PATIENT', 'AGENT', 'STAFF', 'SYSTEM');

-- CreateEnum
CREATE TYPE "clinics"."message_status" AS ENUM ('RECEIVED', 'QUEUED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "clinics"."outbound_status" AS ENUM ('QUEUED', 'SENDING', 'SENT', 'UNKNOWN', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "clinics"."inbox_status" AS ENUM ('PENDING', 'PROCESSED', 'IGNORED', 'FAILED');

-- CreateEnum
CREATE TYPE "clinics"."waitlist_status" AS ENUM ('WAITING', 'OFFERED', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "finance"."etl_source_kind" AS ENUM ('WMS', 'QUICKBOOKS', 'ADP', 'SAMPLE');

-- CreateEnum
CREATE TYPE "finance"."etl_mode" AS ENUM ('FULL', 'INCREMENTAL');

-- CreateEnum
CREATE TYPE "finance"."etl_run_status" AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'INCOMPLETE', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "finance"."account_class" AS ENUM ('INCOME', 'COST_OF_SALES', 'EXPENSE', 'OTHER_INCOME', 'OTHER_EXPENSE', 'ASSET', 'LIABILITY', 'EQUITY');

-- CreateEnum
CREATE TYPE "finance"."worker_status" AS ENUM ('ACTIVE', 'LEAVE', 'TERMINATED');

-- CreateEnum
CREATE TYPE "finance"."metric_additivity" AS ENUM ('ADDITIVE', 'RATIO', 'SNAPSHOT');

-- CreateEnum
CREATE TYPE "inventory"."sync_entity" AS ENUM ('productos', 'inventario', 'ventas', 'clientes', 'movimientos');

-- CreateEnum
CREATE TYPE "inventory"."sync_job_status" AS ENUM ('pending', 'running', 'completed', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "inventory"."sync_mode" AS ENUM ('FULL', 'INCREMENTAL');

-- CreateEnum
CREATE TYPE "inventory"."erp_kind" AS ENUM ('MICROSIP', 'SAMPLE');

-- CreateEnum
CREATE TYPE "inventory"."sale_document_type" AS ENUM ('INVOICE', 'RETURN', 'POS_SALE', 'POS_RETURN', 'SPREADSHEET');

-- CreateEnum
CREATE TYPE "inventory"."stock_movement_kind" AS ENUM ('RECEIPT', 'ISSUE', 'TRANSFER_IN', 'TRANSFER_OUT', 'ADJUSTMENT', 'SALE', 'RETURN', 'COUNT');

-- CreateEnum
CREATE TYPE "inventory"."demand_pattern" AS ENUM ('SMOOTH', 'ERRATIC', 'INTERMITTENT', 'LUMPY', 'NONE');

-- CreateEnum
CREATE TYPE "inventory"."forecast_method" AS ENUM ('SEASONAL_NAIVE', 'NAIVE', 'MOVING_AVERAGE', 'EXPONENTIAL_SMOOTHING', 'HOLT_WINTERS', 'CROSTON', 'SBA', 'SBJ', 'TSB', 'MSTL');

-- CreateEnum
CREATE TYPE "inventory"."spreadsheet_kind" AS ENUM ('STOCK', 'SALES', 'PRODUCTS', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "inventory"."spreadsheet_import_status" AS ENUM ('UPLOADED', 'PARSING', 'PREVIEW', 'COMMITTING', 'COMPLETED', 'FAILED', 'UNDONE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "inventory"."import_row_status" AS ENUM ('STAGED', 'QUARANTINED', 'CREATED', 'UPDATED', 'SKIPPED', 'UNDONE');

-- CreateEnum
CREATE TYPE "production"."import_status" AS ENUM ('PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "production"."kpi_metric" AS ENUM ('PRODUCED_TONS', 'EFFICIENCY_PCT', 'SACKOFF_PCT', 'SHRINK_PCT', 'DIFFERENCE_TONS', 'CANCELLED_TONS', 'DURABILITY_PCT', 'HARDNESS', 'FINES_PCT');

-- CreateEnum
CREATE TYPE "telemetry"."variable_kind" AS ENUM ('LEVEL', 'FLOW', 'AVERAGE_FLOW', 'TOTAL', 'TEMPERATURE', 'PRESSURE', 'PH', 'CONDUCTIVITY', 'TURBIDITY');

-- CreateEnum
CREATE TYPE "telemetry"."catchment_point_type" AS ENUM ('WELL', 'RIVER', 'LAKE', 'RESERVOIR', 'SPRING', 'DRAIN');

-- CreateEnum
CREATE TYPE "telemetry"."catchment_point_status" AS ENUM ('ACTIVE', 'INACTIVE', 'MAINTENANCE', 'ERROR', 'OFFLINE');

-- CreateEnum
CREATE TYPE "telemetry"."extraction_standard" AS ENUM ('MAYOR', 'MEDIO', 'MENOR', 'VERY_SMALL');

-- CreateEnum
CREATE TYPE "telemetry"."water_source_kind" AS ENUM ('GROUNDWATER', 'SURFACE');

-- CreateEnum
CREATE TYPE "telemetry"."provider_kind" AS ENUM ('TWIN', 'TDATA', 'NETTRA', 'THINGSIO', 'NOVUS', 'TAGO', 'MQTT', 'CHIRPSTACK', 'SPARKPLUG', 'HTTP_PUSH', 'MANUAL', 'SAMPLE');

-- CreateEnum
CREATE TYPE "telemetry"."measurement_quality" AS ENUM ('GOOD', 'SUSPECT', 'BAD', 'HELD');

-- CreateEnum
CREATE TYPE "telemetry"."rollup_grain" AS ENUM ('HOUR', 'DAY', 'MONTH');

-- CreateEnum
CREATE TYPE "telemetry"."alert_severity" AS ENUM ('INFO', 'WARNING', 'CRITICAL');

-- CreateEnum
CREATE TYPE "telemetry"."alert_status" AS ENUM ('OPEN', 'ACKNOWLEDGED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "telemetry"."rule_kind" AS ENUM ('RANGE', 'RATE_OF_CHANGE', 'SILENCE', 'COUNTER_RESET', 'FLOW_TOTAL_CONSISTENCY', 'LEVEL_TOTAL_CONSISTENCY', 'STUCK_VALUE', 'WATER_RIGHT_FLOW', 'WATER_RIGHT_VOLUME');

-- CreateEnum
CREATE TYPE "telemetry"."notification_channel" AS ENUM ('EMAIL', 'SMS', 'WEBHOOK', 'WHATSAPP', 'IN_APP');

-- CreateEnum
CREATE TYPE "telemetry"."notification_status" AS ENUM ('PENDING', 'SENDING', 'SENT', 'FAILED', 'SUPPRESSED');

-- CreateEnum
CREATE TYPE "telemetry"."compliance_mode" AS ENUM ('OFF', 'SHADOW', 'LIVE');

-- CreateEnum
CREATE TYPE "telemetry"."submission_status" AS ENUM ('SCHEDULED', 'DUE', 'SENDING', 'SENT', 'VERIFIED', 'UNKNOWN', 'RETRY_NEXT_DAY', 'NEEDS_REVIEW', 'REJECTED', 'STOPPED', 'SKIPPED', 'SHADOWED');

-- CreateEnum
CREATE TYPE "telemetry"."submission_outcome" AS ENUM ('ACCEPTED', 'ACCEPTED_WITHOUT_VOUCHER', 'DUPLICATE_WITH_VOUCHER', 'DUPLICATE_WITHOUT_VOUCHER', 'REJECTED', 'UNRECOVERABLE', 'LOST_ANSWER', 'SHADOWED');

-- CreateEnum
CREATE TYPE "telemetry"."ingest_batch_status" AS ENUM ('RECEIVED', 'PROCESSED', 'PARTIAL', 'FAILED');

-- CreateEnum
CREATE TYPE "telemetry"."schedule_result" AS ENUM ('OK', 'PARTIAL', 'FAILED', 'SKIPPED');

-- CreateEnum
CREATE TYPE "telemetry"."telemetry_schema_type" AS ENUM ('MEASUREMENT', 'DASHBOARD', 'REPORT', 'ALERT', 'COMPLIANCE', 'CUSTOM');

-- CreateTable
CREATE TABLE "access"."users" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "name" TEXT NOT NULL,
    "role" "access"."role" NOT NULL DEFAULT 'VIEWER',
    "locale" "access"."locale" NOT NULL DEFAULT 'es',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "permissions_version" INTEGER NOT NULL DEFAULT 1,
    "last_signed_in_at" TIMESTAMPTZ(3),
    "password_changed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."user_companies" (
    "user_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_companies_pkey" PRIMARY KEY ("user_id","company_id")
);

-- CreateTable
CREATE TABLE "access"."user_sites" (
    "user_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_sites_pkey" PRIMARY KEY ("user_id","site_id")
);

-- CreateTable
CREATE TABLE "access"."user_dashboards" (
    "user_id" UUID NOT NULL,
    "dashboard" "access"."dashboard" NOT NULL,

    CONSTRAINT "user_dashboards_pkey" PRIMARY KEY ("user_id","dashboard")
);

-- CreateTable
CREATE TABLE "access"."companies" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tax_id" TEXT,
    "currency" CHAR(3) NOT NULL DEFAULT 'CLP',
    "time_zone" TEXT NOT NULL DEFAULT 'America/Santiago',
    "country" CHAR(2) NOT NULL DEFAULT 'CL',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "companies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."sites" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "access"."site_kind" NOT NULL,
    "company_id" UUID NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'America/Santiago',
    "latitude" DECIMAL(9,6),
    "longitude" DECIMAL(9,6),
    "address" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sites_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."refresh_token_families" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "user_agent" TEXT,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_reason" TEXT,
    "reuse_detected_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_token_families_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."refresh_tokens" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "family_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "rotated_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."api_keys" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "company_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "site_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."webhooks" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "site_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "url" TEXT NOT NULL,
    "description" TEXT,
    "secret_encrypted" TEXT NOT NULL,
    "topics" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_by" UUID,
    "failure_count" INTEGER NOT NULL DEFAULT 0,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."webhook_deliveries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "webhook_id" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" "access"."webhook_delivery_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "response_status" INTEGER,
    "response_body" TEXT,
    "error" TEXT,
    "duration_ms" INTEGER,
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access"."audit_log" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "actor_kind" "access"."actor_kind" NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor_user_id" UUID,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL DEFAULT 'ok',
    "entity_type" TEXT,
    "entity_id" TEXT,
    "company_id" UUID,
    "site_id" UUID,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,
    "address" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assistant"."threads" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "user_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "last_asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "threads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assistant"."answers" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "thread_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "question" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'es',
    "limit" INTEGER NOT NULL DEFAULT 100,
    "use_cache" BOOLEAN NOT NULL DEFAULT true,
    "status" "assistant"."answer_status" NOT NULL DEFAULT 'QUEUED',
    "plan_kind" "assistant"."plan_kind",
    "plan_text" TEXT,
    "is_governed" BOOLEAN NOT NULL DEFAULT false,
    "columns" JSONB NOT NULL DEFAULT '[]',
    "rows" JSONB NOT NULL DEFAULT '[]',
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "chart" JSONB,
    "summary" TEXT,
    "explanation" TEXT,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "is_cached" BOOLEAN NOT NULL DEFAULT false,
    "cached_from_id" UUID,
    "cache_key" TEXT,
    "model" TEXT,
    "error_code" TEXT,
    "took_ms" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "answers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assistant"."answer_steps" (
    "answer_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "agent" TEXT NOT NULL,
    "status" "assistant"."answer_step_status" NOT NULL DEFAULT 'PENDING',
    "detail" JSONB NOT NULL DEFAULT '{}',
    "duration_ms" INTEGER,
    "started_at" TIMESTAMPTZ(3),

    CONSTRAINT "answer_steps_pkey" PRIMARY KEY ("answer_id","position")
);

-- CreateTable
CREATE TABLE "assistant"."metric_versions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "metric_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assistant"."answer_metrics" (
    "answer_id" UUID NOT NULL,
    "metric_version_id" UUID NOT NULL,

    CONSTRAINT "answer_metrics_pkey" PRIMARY KEY ("answer_id","metric_version_id")
);

-- CreateTable
CREATE TABLE "assistant"."datasets" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "subgraph" TEXT NOT NULL,
    "description_es" TEXT NOT NULL,
    "description_en" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "rules" JSONB NOT NULL DEFAULT '[]',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "datasets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assistant"."dataset_columns" (
    "dataset_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "unit" TEXT,
    "description_es" TEXT NOT NULL,
    "description_en" TEXT NOT NULL,
    "synonyms" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "dataset_columns_pkey" PRIMARY KEY ("dataset_id","name")
);

-- CreateTable
CREATE TABLE "clinics"."clinics" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'America/Santiago',
    "phone" TEXT,
    "address" TEXT,
    "whatsapp_phone_number_id" TEXT,
    "whatsapp_token_encrypted" TEXT,
    "hold_minutes" INTEGER NOT NULL DEFAULT 10,
    "reminder_hours" INTEGER[] DEFAULT ARRAY[24, 3]::INTEGER[],
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "clinics_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."specialties" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "keywords" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "specialties_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."practitioners" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "registration_number" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "user_id" UUID,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "practitioners_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."practitioner_clinics" (
    "practitioner_id" UUID NOT NULL,
    "clinic_id" UUID NOT NULL,

    CONSTRAINT "practitioner_clinics_pkey" PRIMARY KEY ("practitioner_id","clinic_id")
);

-- CreateTable
CREATE TABLE "clinics"."practitioner_specialties" (
    "practitioner_id" UUID NOT NULL,
    "specialty_id" UUID NOT NULL,

    CONSTRAINT "practitioner_specialties_pkey" PRIMARY KEY ("practitioner_id","specialty_id")
);

-- CreateTable
CREATE TABLE "clinics"."schedules" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "clinic_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "specialty_id" UUID NOT NULL,
    "weekdays" INTEGER[],
    "start_minute" INTEGER NOT NULL,
    "end_minute" INTEGER NOT NULL,
    "slot_minutes" INTEGER NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."slots" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "schedule_id" UUID,
    "clinic_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "practitioner_id" UUID NOT NULL,
    "specialty_id" UUID NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "clinics"."slot_status" NOT NULL DEFAULT 'FREE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slots_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."patients" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "document_type" "clinics"."document_type" NOT NULL DEFAULT 'NATIONAL_ID',
    "document_number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "birth_date" DATE,
    "consented_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "patients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."appointments" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "clinic_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "slot_id" UUID,
    "practitioner_id" UUID NOT NULL,
    "specialty_id" UUID,
    "patient_id" UUID,
    "status" "clinics"."appointment_status" NOT NULL,
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "end_at" TIMESTAMPTZ(3) NOT NULL,
    "hold_token" UUID,
    "held_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "patient_notes" TEXT,
    "channel" "clinics"."booking_channel" NOT NULL DEFAULT 'STAFF',
    "is_overlap_allowed" BOOLEAN NOT NULL DEFAULT false,
    "overlap_reason" TEXT,
    "conversation_id" UUID,
    "rescheduled_from_id" UUID,
    "created_by" UUID,
    "confirmed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancellation_reason" TEXT,
    "last_reminded_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."conversations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "clinic_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "phone" TEXT NOT NULL,
    "contact_name" TEXT,
    "patient_id" UUID,
    "state" "clinics"."conversation_state" NOT NULL DEFAULT 'INITIAL',
    "context" JSONB NOT NULL DEFAULT '{}',
    "fencing_token" BIGINT NOT NULL DEFAULT 0,
    "taken_by" UUID,
    "taken_at" TIMESTAMPTZ(3),
    "is_emergency" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT NOT NULL DEFAULT 'es',
    "unread_count" INTEGER NOT NULL DEFAULT 0,
    "last_inbound_at" TIMESTAMPTZ(3),
    "last_activity_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."messages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "conversation_id" UUID NOT NULL,
    "direction" "clinics"."message_direction" NOT NULL,
    "author" "clinics"."message_author" NOT NULL,
    "author_user_id" UUID,
    "phone_number_id" TEXT,
    "wamid" TEXT,
    "type" TEXT NOT NULL DEFAULT 'text',
    "text" TEXT,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "status" "clinics"."message_status" NOT NULL,
    "error" JSONB,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."conversation_events" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "conversation_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "from_state" "clinics"."conversation_state" NOT NULL,
    "to_state" "clinics"."conversation_state" NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "message_id" UUID,
    "actor_user_id" UUID,
    "duration_ms" INTEGER,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."webhook_inbox" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "phone_number_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "ordering_key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" "clinics"."inbox_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_inbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."outbound_messages" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "conversation_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "phone_number_id" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "status" "clinics"."outbound_status" NOT NULL DEFAULT 'QUEUED',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbound_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinics"."waitlist" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "clinic_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "patient_id" UUID NOT NULL,
    "specialty_id" UUID NOT NULL,
    "practitioner_id" UUID,
    "earliest_at" TIMESTAMPTZ(3) NOT NULL,
    "latest_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "clinics"."waitlist_status" NOT NULL DEFAULT 'WAITING',
    "offered_slot_id" UUID,
    "offered_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waitlist_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."etl_sources" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "kind" "finance"."etl_source_kind" NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "connection" JSONB NOT NULL DEFAULT '{}',
    "credentials_encrypted" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'America/Santiago',
    "cron" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "last_run_at" TIMESTAMPTZ(3),
    "next_run_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "etl_sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."etl_agents" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "token_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT,
    "last_seen_at" TIMESTAMPTZ(3),
    "dead_after_seconds" INTEGER NOT NULL DEFAULT 7200,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "etl_agents_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."etl_runs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "mode" "finance"."etl_mode" NOT NULL,
    "status" "finance"."etl_run_status" NOT NULL DEFAULT 'PENDING',
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_created" INTEGER NOT NULL DEFAULT 0,
    "rows_updated" INTEGER NOT NULL DEFAULT 0,
    "rows_deleted" INTEGER NOT NULL DEFAULT 0,
    "rows_failed" INTEGER NOT NULL DEFAULT 0,
    "progress" JSONB NOT NULL DEFAULT '{}',
    "error_message" TEXT,
    "requested_by" UUID,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "etl_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."etl_certificates" (
    "run_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "is_complete" BOOLEAN NOT NULL,
    "source_count" BIGINT,
    "our_count" BIGINT NOT NULL,
    "source_sum" DECIMAL(28,8),
    "our_sum" DECIMAL(28,8),
    "min_key" TEXT,
    "max_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "etl_certificates_pkey" PRIMARY KEY ("run_id","stream")
);

-- CreateTable
CREATE TABLE "finance"."etl_cursors" (
    "source_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "cursor" JSONB NOT NULL,
    "run_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "etl_cursors_pkey" PRIMARY KEY ("source_id","stream")
);

-- CreateTable
CREATE TABLE "finance"."etl_staging_batches" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "run_id" UUID NOT NULL,
    "stream" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "rows" JSONB NOT NULL,
    "row_count" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "etl_staging_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."orders" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "site_id" UUID,
    "order_id" TEXT NOT NULL,
    "order_type" TEXT NOT NULL,
    "status" TEXT,
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,
    "shipped_at" TIMESTAMPTZ(3),
    "customer_source_id" TEXT,
    "customer_id" UUID,
    "items_count" INTEGER NOT NULL DEFAULT 0,
    "total" DECIMAL(18,2),
    "currency" CHAR(3),
    "source_modified_at" TIMESTAMPTZ(3),
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "row_hash" TEXT,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."order_lines" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "order_id" UUID NOT NULL,
    "line_number" INTEGER NOT NULL,
    "sku" TEXT,
    "product_id" UUID,
    "quantity" DECIMAL(18,5) NOT NULL,
    "unit_price" DECIMAL(18,6),
    "total" DECIMAL(18,2),
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,
    "company_id" UUID NOT NULL,
    "site_id" UUID,

    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."customer_mappings" (
    "source_id" UUID NOT NULL,
    "customer_source_id" TEXT NOT NULL,
    "customer_id" UUID,
    "name" TEXT,

    CONSTRAINT "customer_mappings_pkey" PRIMARY KEY ("source_id","customer_source_id")
);

-- CreateTable
CREATE TABLE "finance"."source_site_mappings" (
    "source_id" UUID NOT NULL,
    "source_code" TEXT NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,

    CONSTRAINT "source_site_mappings_pkey" PRIMARY KEY ("source_id","source_code")
);

-- CreateTable
CREATE TABLE "finance"."daily_metrics" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "date" DATE NOT NULL,
    "metric" TEXT NOT NULL,
    "company_id" UUID,
    "site_id" UUID,
    "value" DECIMAL(28,8) NOT NULL,
    "unit" TEXT NOT NULL,
    "numerator" DECIMAL(28,8),
    "denominator" DECIMAL(28,8),
    "run_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "daily_metrics_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."metric_definitions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "name" TEXT NOT NULL,
    "label_es" TEXT NOT NULL,
    "label_en" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "unit" TEXT NOT NULL,
    "additivity" "finance"."metric_additivity" NOT NULL DEFAULT 'ADDITIVE',
    "is_higher_better" BOOLEAN,
    "lineage" JSONB NOT NULL DEFAULT '{}',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "metric_definitions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."metric_dashboards" (
    "metric_id" UUID NOT NULL,
    "dashboard" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "metric_dashboards_pkey" PRIMARY KEY ("metric_id","dashboard")
);

-- CreateTable
CREATE TABLE "finance"."accounts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "number" TEXT,
    "name" TEXT NOT NULL,
    "class" "finance"."account_class" NOT NULL,
    "parent_id" UUID,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."book_entries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "site_id" UUID,
    "account_id" UUID NOT NULL,
    "document_type" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "line_number" INTEGER NOT NULL,
    "document_number" TEXT,
    "posted_on" DATE NOT NULL,
    "due_on" DATE,
    "amount" DECIMAL(18,2) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "party_name" TEXT,
    "memo" TEXT,
    "source_modified_at" TIMESTAMPTZ(3),
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "book_entries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."workers" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "site_id" UUID,
    "external_id" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "job_title" TEXT,
    "department" TEXT,
    "status" "finance"."worker_status" NOT NULL,
    "hired_on" DATE NOT NULL,
    "terminated_on" DATE,
    "row_hash" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finance"."reconciliation_differences" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "run_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "stream" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "source_value" DECIMAL(28,8),
    "our_value" DECIMAL(28,8),
    "details" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" UUID,
    "note" TEXT,

    CONSTRAINT "reconciliation_differences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."erp_installations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "kind" "inventory"."erp_kind" NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "connection" JSONB NOT NULL DEFAULT '{}',
    "credentials_encrypted" TEXT,
    "mapping" JSONB NOT NULL DEFAULT '{}',
    "mapping_confirmed_at" TIMESTAMPTZ(3),
    "time_zone" TEXT NOT NULL DEFAULT 'America/Santiago',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "last_checked_at" TIMESTAMPTZ(3),
    "last_check_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "erp_installations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."categories" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "categories_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."erp_productos" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "codigo" VARCHAR(50) NOT NULL,
    "nombre" VARCHAR(255) NOT NULL,
    "descripcion" TEXT,
    "precio" DECIMAL(18,6),
    "costo" DECIMAL(18,6),
    "categoria" TEXT,
    "unidad_medida" VARCHAR(50),
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "erp_id" TEXT,
    "last_synced_at" TIMESTAMPTZ(3),
    "sync_status" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "company_id" UUID,
    "installation_id" UUID,
    "category_id" UUID,
    "row_hash" TEXT,
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "erp_productos_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."warehouses" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "site_id" UUID,
    "company_id" UUID NOT NULL,
    "installation_id" UUID,
    "erp_id" TEXT,
    "name" TEXT NOT NULL,
    "code" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "warehouses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."erp_inventario" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "producto_id" UUID NOT NULL,
    "almacen" TEXT NOT NULL DEFAULT '',
    "stock_actual" DECIMAL(18,5) NOT NULL DEFAULT 0,
    "stock_minimo" DECIMAL(18,5) NOT NULL DEFAULT 0,
    "stock_maximo" DECIMAL(18,5),
    "ubicacion" TEXT,
    "last_synced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reorder_point" DECIMAL(18,5),
    "site_id" UUID,
    "company_id" UUID,
    "warehouse_id" UUID,
    "row_hash" TEXT,
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "erp_inventario_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."erp_clientes" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "erp_id" TEXT,
    "nombre" TEXT NOT NULL,
    "rfc" TEXT,
    "email" TEXT,
    "telefono" TEXT,
    "direccion" TEXT,
    "last_synced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "company_id" UUID,
    "installation_id" UUID,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "row_hash" TEXT,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "erp_clientes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."erp_ventas" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "folio" TEXT NOT NULL,
    "fecha" DATE NOT NULL,
    "cliente_id" UUID,
    "cliente_nombre" TEXT,
    "subtotal" DECIMAL(18,2),
    "iva" DECIMAL(18,2),
    "total" DECIMAL(18,2),
    "estatus" TEXT,
    "last_synced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sold_at" TIMESTAMPTZ(3),
    "document_type" "inventory"."sale_document_type" NOT NULL DEFAULT 'INVOICE',
    "is_cancelled" BOOLEAN NOT NULL DEFAULT false,
    "currency" CHAR(3),
    "site_id" UUID,
    "company_id" UUID,
    "installation_id" UUID,
    "erp_id" TEXT,
    "row_hash" TEXT,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "erp_ventas_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."erp_ventas_detalle" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "venta_id" UUID NOT NULL,
    "posicion" INTEGER NOT NULL,
    "producto_id" UUID,
    "codigo" TEXT,
    "descripcion" TEXT,
    "cantidad" DECIMAL(18,5) NOT NULL,
    "precio_unitario" DECIMAL(18,6),
    "descuento_pct" DECIMAL(9,6),
    "total_neto" DECIMAL(18,2),
    "costo_unitario" DECIMAL(18,6),
    "fecha" DATE NOT NULL,
    "is_cancelled" BOOLEAN NOT NULL DEFAULT false,
    "site_id" UUID,
    "company_id" UUID,

    CONSTRAINT "erp_ventas_detalle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."stock_movements" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "product_id" UUID NOT NULL,
    "warehouse_id" UUID,
    "site_id" UUID,
    "company_id" UUID,
    "kind" "inventory"."stock_movement_kind" NOT NULL,
    "quantity" DECIMAL(18,5) NOT NULL,
    "balance_after" DECIMAL(18,5),
    "unit_cost" DECIMAL(18,6),
    "document" TEXT,
    "installation_id" UUID,
    "erp_id" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "is_backdated" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_movements_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."replenishment_settings" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "product_id" UUID NOT NULL,
    "site_id" UUID,
    "company_id" UUID NOT NULL,
    "supplier_name" TEXT,
    "lead_time_days" INTEGER NOT NULL DEFAULT 7,
    "review_period_days" INTEGER NOT NULL DEFAULT 7,
    "pack_size" DECIMAL(18,5) NOT NULL DEFAULT 1,
    "minimum_order" DECIMAL(18,5),
    "minimum" DECIMAL(18,5),
    "maximum" DECIMAL(18,5),
    "service_level" DECIMAL(5,4) NOT NULL DEFAULT 0.95,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "replenishment_settings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."demand_forecasts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "product_id" UUID NOT NULL,
    "site_id" UUID,
    "company_id" UUID NOT NULL,
    "method" "inventory"."forecast_method" NOT NULL,
    "pattern" "inventory"."demand_pattern" NOT NULL,
    "starts_on" DATE NOT NULL,
    "horizon_days" INTEGER NOT NULL,
    "history_days" INTEGER NOT NULL,
    "coverage" DECIMAL(5,4) NOT NULL DEFAULT 0.8,
    "input_hash" TEXT NOT NULL,
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "demand_forecasts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."demand_forecast_points" (
    "forecast_id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "expected" DECIMAL(18,5) NOT NULL,
    "low" DECIMAL(18,5) NOT NULL,
    "high" DECIMAL(18,5) NOT NULL,

    CONSTRAINT "demand_forecast_points_pkey" PRIMARY KEY ("forecast_id","date")
);

-- CreateTable
CREATE TABLE "inventory"."forecast_backtests" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "forecast_id" UUID NOT NULL,
    "method" "inventory"."forecast_method" NOT NULL,
    "is_champion" BOOLEAN NOT NULL DEFAULT false,
    "folds" INTEGER NOT NULL,
    "mae" DOUBLE PRECISION NOT NULL,
    "rmse" DOUBLE PRECISION NOT NULL,
    "r2" DOUBLE PRECISION,
    "mase" DOUBLE PRECISION,
    "bias" DOUBLE PRECISION NOT NULL,
    "skill" DOUBLE PRECISION,
    "measured_coverage" DOUBLE PRECISION,

    CONSTRAINT "forecast_backtests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."sync_jobs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "job_type" "inventory"."sync_entity" NOT NULL,
    "status" "inventory"."sync_job_status" NOT NULL DEFAULT 'pending',
    "records_processed" INTEGER NOT NULL DEFAULT 0,
    "records_created" INTEGER NOT NULL DEFAULT 0,
    "records_updated" INTEGER NOT NULL DEFAULT 0,
    "records_failed" INTEGER NOT NULL DEFAULT 0,
    "error_message" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mode" "inventory"."sync_mode" NOT NULL DEFAULT 'INCREMENTAL',
    "company_id" UUID,
    "installation_id" UUID,
    "records_deleted" INTEGER NOT NULL DEFAULT 0,
    "records_expected" INTEGER,
    "requested_by" UUID,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),

    CONSTRAINT "sync_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."sync_failed_rows" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "job_id" UUID NOT NULL,
    "entity" "inventory"."sync_entity" NOT NULL,
    "source_key" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_failed_rows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."sync_bookmarks" (
    "installation_id" UUID NOT NULL,
    "entity" "inventory"."sync_entity" NOT NULL,
    "cursor" JSONB NOT NULL,
    "job_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_bookmarks_pkey" PRIMARY KEY ("installation_id","entity")
);

-- CreateTable
CREATE TABLE "inventory"."sync_schedules" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "installation_id" UUID NOT NULL,
    "entity" "inventory"."sync_entity" NOT NULL,
    "mode" "inventory"."sync_mode" NOT NULL DEFAULT 'INCREMENTAL',
    "cron" TEXT NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "last_run_at" TIMESTAMPTZ(3),
    "next_run_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_schedules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."sync_certificates" (
    "job_id" UUID NOT NULL,
    "is_complete" BOOLEAN NOT NULL,
    "source_count" BIGINT,
    "our_count" BIGINT NOT NULL,
    "source_sum" DECIMAL(28,8),
    "our_sum" DECIMAL(28,8),
    "min_key" TEXT,
    "max_key" TEXT,
    "missing" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sync_certificates_pkey" PRIMARY KEY ("job_id")
);

-- CreateTable
CREATE TABLE "inventory"."spreadsheet_imports" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "upload_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "site_id" UUID,
    "requested_by" UUID NOT NULL,
    "kind" "inventory"."spreadsheet_kind" NOT NULL DEFAULT 'UNKNOWN',
    "status" "inventory"."spreadsheet_import_status" NOT NULL DEFAULT 'UPLOADED',
    "columns" JSONB NOT NULL DEFAULT '{}',
    "sheet" TEXT,
    "date_from" DATE,
    "date_to" DATE,
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_created" INTEGER NOT NULL DEFAULT 0,
    "rows_updated" INTEGER NOT NULL DEFAULT 0,
    "rows_failed" INTEGER NOT NULL DEFAULT 0,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "committed_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "spreadsheet_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory"."spreadsheet_import_rows" (
    "import_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "status" "inventory"."import_row_status" NOT NULL DEFAULT 'STAGED',
    "data" JSONB NOT NULL,
    "parsed" JSONB,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "entity_id" UUID,
    "before" JSONB,

    CONSTRAINT "spreadsheet_import_rows_pkey" PRIMARY KEY ("import_id","row")
);

-- CreateTable
CREATE TABLE "inventory"."spreadsheet_mappings" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "header_hash" TEXT NOT NULL,
    "kind" "inventory"."spreadsheet_kind" NOT NULL,
    "columns" JSONB NOT NULL,
    "used_count" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spreadsheet_mappings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "company_id" UUID,
    "site_id" UUID,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "occurred_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."consumed_events" (
    "consumer" TEXT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "consumed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consumed_events_pkey" PRIMARY KEY ("consumer","event_id")
);

-- CreateTable
CREATE TABLE "platform"."uploads" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "filename" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "content_type" TEXT NOT NULL,
    "storage_path" TEXT NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "company_id" UUID,
    "site_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."idempotency_keys" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "production"."produccion_aliar" (
    "id_registro" SERIAL NOT NULL,
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "orden_produccion" VARCHAR(50) NOT NULL,
    "fecha_produccion" TIMESTAMP(3) NOT NULL,
    "mes_produccion" VARCHAR(20),
    "planta" VARCHAR(50),
    "referencia_producto" VARCHAR(50),
    "nombre_producto" VARCHAR(100),
    "toneladas_a_producir" DECIMAL(10,2),
    "toneladas_materia_prima_consumida" DECIMAL(10,2),
    "toneladas_anuladas" DECIMAL(10,2),
    "toneladas_producidas" DECIMAL(10,2),
    "tiene_adiflow" BOOLEAN,
    "peso_agua_kg" DECIMAL(10,2),
    "order_produccion_despachada" BOOLEAN,
    "control_aceite_postengrase_pct" DECIMAL(5,2),
    "control_presion_distribuidor_psi" DECIMAL(8,2),
    "control_carga_alimentador_pct" DECIMAL(5,2),
    "control_presion_acondicionador_psi" DECIMAL(8,2),
    "durabilidad_pct_qa_agroindustrial" DECIMAL(5,2),
    "dureza_qa_agroindustrial" DECIMAL(6,2),
    "finos_pct_qa_agroindustrial" DECIMAL(5,2),
    "durabilidad_pct_produccion" DECIMAL(5,2),
    "dureza_produccion" DECIMAL(6,2),
    "finos_pct_produccion" DECIMAL(5,2),
    "diferencia_toneladas_por_orden_produccion" DECIMAL(10,2),
    "sackoff_por_orden_produccion" DECIMAL(10,2),
    "site_id" UUID,
    "company_id" UUID,
    "import_id" UUID,
    "import_row" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "produccion_aliar_pkey" PRIMARY KEY ("id_registro")
);

-- CreateTable
CREATE TABLE "production"."plant_mappings" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "planta" VARCHAR(50) NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "stored_difference_sign" SMALLINT NOT NULL DEFAULT 1,
    "hardness_unit" TEXT NOT NULL DEFAULT 'kg/cm2',
    "durability_method" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plant_mappings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "production"."kpi_targets" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "metric" "production"."kpi_metric" NOT NULL,
    "company_id" UUID NOT NULL,
    "site_id" UUID,
    "product_reference" VARCHAR(50),
    "min_value" DECIMAL(18,6),
    "max_value" DECIMAL(18,6),
    "unit" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "kpi_targets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "production"."imports" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "upload_id" UUID NOT NULL,
    "company_id" UUID,
    "site_id" UUID,
    "requested_by" UUID,
    "status" "production"."import_status" NOT NULL DEFAULT 'PENDING',
    "rows_read" INTEGER NOT NULL DEFAULT 0,
    "rows_created" INTEGER NOT NULL DEFAULT 0,
    "rows_updated" INTEGER NOT NULL DEFAULT 0,
    "rows_failed" INTEGER NOT NULL DEFAULT 0,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "production"."import_errors" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "import_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "problems" JSONB NOT NULL,

    CONSTRAINT "import_errors_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."providers" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "telemetry"."provider_kind" NOT NULL,
    "connection" JSONB NOT NULL DEFAULT '{}',
    "credentials_encrypted" TEXT,
    "processing" JSONB NOT NULL DEFAULT '{}',
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_testing" BOOLEAN NOT NULL DEFAULT false,
    "last_connected_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "last_error_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "providers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."catchment_points" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" "telemetry"."catchment_point_type" NOT NULL,
    "source_kind" "telemetry"."water_source_kind" NOT NULL DEFAULT 'GROUNDWATER',
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "owner_user_id" UUID,
    "status" "telemetry"."catchment_point_status" NOT NULL DEFAULT 'ACTIVE',
    "latitude" DECIMAL(9,6),
    "longitude" DECIMAL(9,6),
    "altitude_m" DECIMAL(8,2),
    "well_depth_m" DECIMAL(8,2),
    "sensor_depth_m" DECIMAL(8,2),
    "standard" "telemetry"."extraction_standard",
    "water_right_flow_lps" DECIMAL(12,3),
    "water_right_yearly_m3" DECIMAL(16,3),
    "meter_digits" SMALLINT,
    "sampling_frequency_minutes" INTEGER NOT NULL DEFAULT 60,
    "time_zone" TEXT NOT NULL DEFAULT 'America/Santiago',
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catchment_points_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."point_variables" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "point_id" UUID NOT NULL,
    "variable" "telemetry"."variable_kind" NOT NULL,
    "unit" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "pulses_per_liter" DECIMAL(18,9),
    "liters_per_pulse" DECIMAL(18,9),
    "calibration_factor" DECIMAL(18,9) NOT NULL DEFAULT 1,
    "offset" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "min_value" DOUBLE PRECISION,
    "max_value" DOUBLE PRECISION,
    "cadence_seconds" INTEGER,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "description" TEXT,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "point_variables_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."reading_sources" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "point_id" UUID NOT NULL,
    "provider_id" UUID,
    "device_id" TEXT NOT NULL,
    "description" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "cursor" JSONB,
    "last_seen_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reading_sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."source_channels" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "source_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "variable" "telemetry"."variable_kind" NOT NULL,
    "is_pulses" BOOLEAN NOT NULL DEFAULT false,
    "multiplier" DECIMAL(18,9) NOT NULL DEFAULT 1,

    CONSTRAINT "source_channels_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."raw_readings" (
    "point_id" UUID NOT NULL,
    "variable" TEXT NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,
    "source_id" UUID NOT NULL,
    "value" DOUBLE PRECISION,
    "value_text" TEXT,
    "message_id" TEXT,
    "batch_id" UUID,
    "logged_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "raw_readings_pkey" PRIMARY KEY ("point_id","variable","measured_at","source_id")
) PARTITION BY RANGE ("measured_at");

-- CreateTable
CREATE TABLE "telemetry"."measurements" (
    "point_id" UUID NOT NULL,
    "variable" "telemetry"."variable_kind" NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "raw_value" DOUBLE PRECISION,
    "delta" DOUBLE PRECISION,
    "quality" "telemetry"."measurement_quality" NOT NULL DEFAULT 'GOOD',
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "source_id" UUID NOT NULL,
    "constants_id" UUID,
    "rule_version" INTEGER NOT NULL DEFAULT 1,
    "processed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "measurements_pkey" PRIMARY KEY ("point_id","variable","measured_at")
) PARTITION BY RANGE ("measured_at");

-- CreateTable
CREATE TABLE "telemetry"."latest_measurements" (
    "point_id" UUID NOT NULL,
    "variable" "telemetry"."variable_kind" NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "unit" TEXT NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "quality" "telemetry"."measurement_quality" NOT NULL DEFAULT 'GOOD',
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "cadence_seconds" INTEGER,
    "expected_by" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "latest_measurements_pkey" PRIMARY KEY ("point_id","variable")
);

-- CreateTable
CREATE TABLE "telemetry"."measurement_rollups" (
    "point_id" UUID NOT NULL,
    "variable" "telemetry"."variable_kind" NOT NULL,
    "grain" "telemetry"."rollup_grain" NOT NULL,
    "bucket_start" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "good_count" INTEGER NOT NULL,
    "min" DOUBLE PRECISION NOT NULL,
    "max" DOUBLE PRECISION NOT NULL,
    "sum" DOUBLE PRECISION NOT NULL,
    "first" DOUBLE PRECISION NOT NULL,
    "last" DOUBLE PRECISION NOT NULL,
    "delta" DOUBLE PRECISION,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "measurement_rollups_pkey" PRIMARY KEY ("point_id","variable","grain","bucket_start")
);

-- CreateTable
CREATE TABLE "telemetry"."dirty_buckets" (
    "point_id" UUID NOT NULL,
    "variable" "telemetry"."variable_kind" NOT NULL,
    "grain" "telemetry"."rollup_grain" NOT NULL,
    "bucket_start" TIMESTAMPTZ(3) NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dirty_buckets_pkey" PRIMARY KEY ("point_id","variable","grain","bucket_start")
);

-- CreateTable
CREATE TABLE "telemetry"."rules" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "point_id" UUID,
    "variable" "telemetry"."variable_kind",
    "kind" "telemetry"."rule_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "severity" "telemetry"."alert_severity" NOT NULL DEFAULT 'WARNING',
    "parameters" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."alerts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "point_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "variable" "telemetry"."variable_kind",
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "severity" "telemetry"."alert_severity" NOT NULL,
    "status" "telemetry"."alert_status" NOT NULL DEFAULT 'OPEN',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "evidence" JSONB NOT NULL DEFAULT '{}',
    "acknowledged_by" UUID,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledgement" TEXT,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."notification_rules" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "site_id" UUID,
    "point_id" UUID,
    "name" TEXT NOT NULL,
    "minimum_severity" "telemetry"."alert_severity" NOT NULL DEFAULT 'WARNING',
    "event_kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "channels" "telemetry"."notification_channel"[],
    "recipients" JSONB NOT NULL DEFAULT '[]',
    "quiet_from_minute" INTEGER,
    "quiet_to_minute" INTEGER,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_rules_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."notification_deliveries" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "rule_id" UUID NOT NULL,
    "alert_id" UUID,
    "channel" "telemetry"."notification_channel" NOT NULL,
    "recipient" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "status" "telemetry"."notification_status" NOT NULL DEFAULT 'PENDING',
    "subject" TEXT,
    "body" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."telemetry_schemas" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "company_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" "telemetry"."telemetry_schema_type" NOT NULL,
    "variables" "telemetry"."variable_kind"[],
    "grouping" JSONB NOT NULL DEFAULT '{}',
    "display" JSONB NOT NULL DEFAULT '{}',
    "processing" JSONB NOT NULL DEFAULT '{}',
    "validation_rules" JSONB NOT NULL DEFAULT '[]',
    "calculated_fields" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "telemetry_schemas_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."telemetry_groups" (
    "schema_id" UUID NOT NULL,
    "point_id" UUID NOT NULL,
    "grouped_at" TIMESTAMPTZ(3) NOT NULL,
    "values" JSONB NOT NULL,
    "calculated" JSONB NOT NULL DEFAULT '{}',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "telemetry_groups_pkey" PRIMARY KEY ("schema_id","point_id","grouped_at")
);

-- CreateTable
CREATE TABLE "telemetry"."compliance_sources" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "country" CHAR(2) NOT NULL DEFAULT 'CL',
    "time_zone" TEXT NOT NULL DEFAULT 'Etc/GMT+4',
    "config" JSONB NOT NULL DEFAULT '{}',
    "supported_variables" "telemetry"."variable_kind"[],
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "compliance_sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."compliance_schedules" (
    "source_id" UUID NOT NULL,
    "standard" "telemetry"."extraction_standard" NOT NULL,
    "cron" TEXT NOT NULL,
    "aggregation" TEXT NOT NULL DEFAULT 'INSTANT',

    CONSTRAINT "compliance_schedules_pkey" PRIMARY KEY ("source_id","standard")
);

-- CreateTable
CREATE TABLE "telemetry"."compliance_configs" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "point_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "mode" "telemetry"."compliance_mode" NOT NULL DEFAULT 'SHADOW',
    "identifiers" JSONB NOT NULL DEFAULT '{}',
    "config" JSONB NOT NULL DEFAULT '{}',
    "credentials_encrypted" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "maximum_attempts" INTEGER NOT NULL DEFAULT 5,
    "stopped_at" TIMESTAMPTZ(3),
    "stopped_reason" TEXT,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "compliance_configs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."compliance_submissions" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "point_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "config_id" UUID NOT NULL,
    "site_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "slot_at" TIMESTAMPTZ(3) NOT NULL,
    "status" "telemetry"."submission_status" NOT NULL DEFAULT 'SCHEDULED',
    "values" JSONB,
    "voucher" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL,
    "last_error" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "verified_at" TIMESTAMPTZ(3),
    "resolved_by" UUID,
    "resolution" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "compliance_submissions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."submission_attempts" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "submission_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "request" JSONB NOT NULL,
    "outcome" "telemetry"."submission_outcome",
    "http_status" INTEGER,
    "response" JSONB,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "submission_attempts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."dead_letters" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "origin" TEXT NOT NULL,
    "topic" TEXT,
    "company_id" UUID,
    "point_id" UUID,
    "payload" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."ingest_batches" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "origin" TEXT NOT NULL,
    "company_id" UUID,
    "source_id" UUID,
    "message_key" TEXT,
    "status" "telemetry"."ingest_batch_status" NOT NULL DEFAULT 'RECEIVED',
    "readings" INTEGER NOT NULL DEFAULT 0,
    "stored" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "conflicts" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "ingest_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "telemetry"."provider_schedules" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "provider_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "interval_seconds" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "last_run_at" TIMESTAMPTZ(3),
    "next_run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_result" "telemetry"."schedule_result",
    "last_message" TEXT,
    "last_duration_ms" INTEGER,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "provider_schedules_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "access"."users"("email");

-- CreateIndex
CREATE INDEX "users_name_id_idx" ON "access"."users"("name", "id");

-- CreateIndex
CREATE INDEX "users_created_at_id_idx" ON "access"."users"("created_at", "id");

-- CreateIndex
CREATE INDEX "user_companies_company_id_idx" ON "access"."user_companies"("company_id");

-- CreateIndex
CREATE INDEX "user_sites_site_id_idx" ON "access"."user_sites"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "companies_code_key" ON "access"."companies"("code");

-- CreateIndex
CREATE INDEX "companies_name_id_idx" ON "access"."companies"("name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "sites_code_key" ON "access"."sites"("code");

-- CreateIndex
CREATE INDEX "sites_company_id_kind_idx" ON "access"."sites"("company_id", "kind");

-- CreateIndex
CREATE INDEX "sites_name_id_idx" ON "access"."sites"("name", "id");

-- CreateIndex
CREATE INDEX "refresh_token_families_user_id_revoked_at_idx" ON "access"."refresh_token_families"("user_id", "revoked_at");

-- CreateIndex
CREATE INDEX "refresh_token_families_expires_at_idx" ON "access"."refresh_token_families"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "refresh_tokens_hash_key" ON "access"."refresh_tokens"("hash");

-- CreateIndex
CREATE INDEX "refresh_tokens_family_id_idx" ON "access"."refresh_tokens"("family_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_prefix_key" ON "access"."api_keys"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_hash_key" ON "access"."api_keys"("hash");

-- CreateIndex
CREATE INDEX "api_keys_user_id_created_at_id_idx" ON "access"."api_keys"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhooks_company_id_created_at_id_idx" ON "access"."webhooks"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhooks_topics_idx" ON "access"."webhooks" USING GIN ("topics");

-- CreateIndex
CREATE INDEX "webhook_deliveries_webhook_id_created_at_id_idx" ON "access"."webhook_deliveries"("webhook_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_status_created_at_id_idx" ON "access"."webhook_deliveries"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_deliveries_status_next_attempt_at_idx" ON "access"."webhook_deliveries"("status", "next_attempt_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_deliveries_webhook_id_event_id_key" ON "access"."webhook_deliveries"("webhook_id", "event_id");

-- CreateIndex
CREATE INDEX "audit_log_at_id_idx" ON "access"."audit_log"("at", "id");

-- CreateIndex
CREATE INDEX "audit_log_entity_type_entity_id_at_idx" ON "access"."audit_log"("entity_type", "entity_id", "at");

-- CreateIndex
CREATE INDEX "audit_log_actor_user_id_at_idx" ON "access"."audit_log"("actor_user_id", "at");

-- CreateIndex
CREATE INDEX "audit_log_company_id_at_id_idx" ON "access"."audit_log"("company_id", "at", "id");

-- CreateIndex
CREATE INDEX "audit_log_action_at_idx" ON "access"."audit_log"("action", "at");

-- CreateIndex
CREATE INDEX "threads_user_id_last_asked_at_id_idx" ON "assistant"."threads"("user_id", "last_asked_at", "id");

-- CreateIndex
CREATE INDEX "answers_thread_id_created_at_id_idx" ON "assistant"."answers"("thread_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "answers_user_id_created_at_id_idx" ON "assistant"."answers"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "answers_cache_key_finished_at_idx" ON "assistant"."answers"("cache_key", "finished_at");

-- CreateIndex
CREATE UNIQUE INDEX "metric_versions_name_version_key" ON "assistant"."metric_versions"("name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "metric_versions_name_hash_key" ON "assistant"."metric_versions"("name", "hash");

-- CreateIndex
CREATE INDEX "answer_metrics_metric_version_id_idx" ON "assistant"."answer_metrics"("metric_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "datasets_name_key" ON "assistant"."datasets"("name");

-- CreateIndex
CREATE UNIQUE INDEX "clinics_site_id_key" ON "clinics"."clinics"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "clinics_code_key" ON "clinics"."clinics"("code");

-- CreateIndex
CREATE UNIQUE INDEX "clinics_whatsapp_phone_number_id_key" ON "clinics"."clinics"("whatsapp_phone_number_id");

-- CreateIndex
CREATE INDEX "clinics_company_id_idx" ON "clinics"."clinics"("company_id");

-- CreateIndex
CREATE INDEX "clinics_name_id_idx" ON "clinics"."clinics"("name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "specialties_code_key" ON "clinics"."specialties"("code");

-- CreateIndex
CREATE INDEX "practitioners_company_id_name_id_idx" ON "clinics"."practitioners"("company_id", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "practitioners_company_id_registration_number_key" ON "clinics"."practitioners"("company_id", "registration_number");

-- CreateIndex
CREATE INDEX "practitioner_clinics_clinic_id_idx" ON "clinics"."practitioner_clinics"("clinic_id");

-- CreateIndex
CREATE INDEX "practitioner_specialties_specialty_id_idx" ON "clinics"."practitioner_specialties"("specialty_id");

-- CreateIndex
CREATE INDEX "schedules_practitioner_id_idx" ON "clinics"."schedules"("practitioner_id");

-- CreateIndex
CREATE INDEX "schedules_clinic_id_valid_from_idx" ON "clinics"."schedules"("clinic_id", "valid_from");

-- CreateIndex
CREATE INDEX "schedules_specialty_id_idx" ON "clinics"."schedules"("specialty_id");

-- CreateIndex
CREATE INDEX "slots_clinic_id_start_at_id_idx" ON "clinics"."slots"("clinic_id", "start_at", "id");

-- CreateIndex
CREATE INDEX "slots_clinic_id_specialty_id_status_start_at_id_idx" ON "clinics"."slots"("clinic_id", "specialty_id", "status", "start_at", "id");

-- CreateIndex
CREATE INDEX "slots_practitioner_id_start_at_idx" ON "clinics"."slots"("practitioner_id", "start_at");

-- CreateIndex
CREATE INDEX "slots_specialty_id_start_at_idx" ON "clinics"."slots"("specialty_id", "start_at");

-- CreateIndex
CREATE INDEX "slots_schedule_id_idx" ON "clinics"."slots"("schedule_id");

-- CreateIndex
CREATE INDEX "patients_document_number_idx" ON "clinics"."patients"("document_number");

-- CreateIndex
CREATE INDEX "patients_company_id_phone_idx" ON "clinics"."patients"("company_id", "phone");

-- CreateIndex
CREATE INDEX "patients_company_id_name_id_idx" ON "clinics"."patients"("company_id", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "patients_company_id_document_type_document_number_key" ON "clinics"."patients"("company_id", "document_type", "document_number");

-- CreateIndex
CREATE UNIQUE INDEX "appointments_hold_token_key" ON "clinics"."appointments"("hold_token");

-- CreateIndex
CREATE UNIQUE INDEX "appointments_rescheduled_from_id_key" ON "clinics"."appointments"("rescheduled_from_id");

-- CreateIndex
CREATE INDEX "appointments_clinic_id_start_at_id_idx" ON "clinics"."appointments"("clinic_id", "start_at", "id");

-- CreateIndex
CREATE INDEX "appointments_clinic_id_status_start_at_id_idx" ON "clinics"."appointments"("clinic_id", "status", "start_at", "id");

-- CreateIndex
CREATE INDEX "appointments_company_id_start_at_id_idx" ON "clinics"."appointments"("company_id", "start_at", "id");

-- CreateIndex
CREATE INDEX "appointments_start_at_id_idx" ON "clinics"."appointments"("start_at", "id");

-- CreateIndex
CREATE INDEX "appointments_patient_id_status_idx" ON "clinics"."appointments"("patient_id", "status");

-- CreateIndex
CREATE INDEX "appointments_slot_id_status_idx" ON "clinics"."appointments"("slot_id", "status");

-- CreateIndex
CREATE INDEX "appointments_practitioner_id_start_at_idx" ON "clinics"."appointments"("practitioner_id", "start_at");

-- CreateIndex
CREATE INDEX "appointments_specialty_id_idx" ON "clinics"."appointments"("specialty_id");

-- CreateIndex
CREATE INDEX "appointments_conversation_id_idx" ON "clinics"."appointments"("conversation_id");

-- CreateIndex
CREATE INDEX "appointments_created_at_idx" ON "clinics"."appointments"("created_at");

-- CreateIndex
CREATE INDEX "conversations_clinic_id_last_activity_at_id_idx" ON "clinics"."conversations"("clinic_id", "last_activity_at", "id");

-- CreateIndex
CREATE INDEX "conversations_phone_state_idx" ON "clinics"."conversations"("phone", "state");

-- CreateIndex
CREATE INDEX "conversations_patient_id_state_idx" ON "clinics"."conversations"("patient_id", "state");

-- CreateIndex
CREATE INDEX "conversations_taken_by_last_activity_at_idx" ON "clinics"."conversations"("taken_by", "last_activity_at");

-- CreateIndex
CREATE INDEX "conversations_updated_at_idx" ON "clinics"."conversations"("updated_at");

-- CreateIndex
CREATE INDEX "messages_conversation_id_sent_at_id_idx" ON "clinics"."messages"("conversation_id", "sent_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "messages_phone_number_id_wamid_key" ON "clinics"."messages"("phone_number_id", "wamid");

-- CreateIndex
CREATE INDEX "conversation_events_conversation_id_occurred_at_id_idx" ON "clinics"."conversation_events"("conversation_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "webhook_inbox_status_received_at_id_idx" ON "clinics"."webhook_inbox"("status", "received_at", "id");

-- CreateIndex
CREATE INDEX "webhook_inbox_ordering_key_status_id_idx" ON "clinics"."webhook_inbox"("ordering_key", "status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_inbox_phone_number_id_key_key" ON "clinics"."webhook_inbox"("phone_number_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "outbound_messages_message_id_key" ON "clinics"."outbound_messages"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbound_messages_idempotency_key_key" ON "clinics"."outbound_messages"("idempotency_key");

-- CreateIndex
CREATE INDEX "outbound_messages_status_next_attempt_at_idx" ON "clinics"."outbound_messages"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "outbound_messages_conversation_id_id_idx" ON "clinics"."outbound_messages"("conversation_id", "id");

-- CreateIndex
CREATE INDEX "waitlist_clinic_id_specialty_id_status_created_at_id_idx" ON "clinics"."waitlist"("clinic_id", "specialty_id", "status", "created_at", "id");

-- CreateIndex
CREATE INDEX "waitlist_patient_id_idx" ON "clinics"."waitlist"("patient_id");

-- CreateIndex
CREATE INDEX "waitlist_offered_slot_id_idx" ON "clinics"."waitlist"("offered_slot_id");

-- CreateIndex
CREATE INDEX "waitlist_specialty_id_idx" ON "clinics"."waitlist"("specialty_id");

-- CreateIndex
CREATE UNIQUE INDEX "etl_sources_code_key" ON "finance"."etl_sources"("code");

-- CreateIndex
CREATE INDEX "etl_sources_company_id_idx" ON "finance"."etl_sources"("company_id");

-- CreateIndex
CREATE UNIQUE INDEX "etl_agents_token_hash_key" ON "finance"."etl_agents"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "etl_agents_source_id_name_key" ON "finance"."etl_agents"("source_id", "name");

-- CreateIndex
CREATE INDEX "etl_runs_source_id_created_at_id_idx" ON "finance"."etl_runs"("source_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "etl_runs_company_id_created_at_id_idx" ON "finance"."etl_runs"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "etl_runs_status_created_at_idx" ON "finance"."etl_runs"("status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "etl_staging_batches_run_id_stream_sequence_key" ON "finance"."etl_staging_batches"("run_id", "stream", "sequence");

-- CreateIndex
CREATE INDEX "orders_company_id_ordered_at_id_idx" ON "finance"."orders"("company_id", "ordered_at", "id");

-- CreateIndex
CREATE INDEX "orders_site_id_ordered_at_id_idx" ON "finance"."orders"("site_id", "ordered_at", "id");

-- CreateIndex
CREATE INDEX "orders_customer_id_ordered_at_id_idx" ON "finance"."orders"("customer_id", "ordered_at", "id");

-- CreateIndex
CREATE INDEX "orders_ordered_at_id_idx" ON "finance"."orders"("ordered_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_source_id_company_id_order_id_key" ON "finance"."orders"("source_id", "company_id", "order_id");

-- CreateIndex
CREATE INDEX "order_lines_product_id_ordered_at_idx" ON "finance"."order_lines"("product_id", "ordered_at");

-- CreateIndex
CREATE INDEX "order_lines_sku_ordered_at_idx" ON "finance"."order_lines"("sku", "ordered_at");

-- CreateIndex
CREATE UNIQUE INDEX "order_lines_order_id_line_number_key" ON "finance"."order_lines"("order_id", "line_number");

-- CreateIndex
CREATE INDEX "customer_mappings_customer_id_idx" ON "finance"."customer_mappings"("customer_id");

-- CreateIndex
CREATE INDEX "daily_metrics_company_id_metric_date_idx" ON "finance"."daily_metrics"("company_id", "metric", "date");

-- CreateIndex
CREATE INDEX "daily_metrics_site_id_metric_date_idx" ON "finance"."daily_metrics"("site_id", "metric", "date");

-- CreateIndex
CREATE INDEX "daily_metrics_metric_date_idx" ON "finance"."daily_metrics"("metric", "date");

-- CreateIndex
CREATE UNIQUE INDEX "daily_metrics_date_metric_company_id_site_id_key" ON "finance"."daily_metrics"("date", "metric", "company_id", "site_id");

-- CreateIndex
CREATE UNIQUE INDEX "metric_definitions_name_key" ON "finance"."metric_definitions"("name");

-- CreateIndex
CREATE INDEX "metric_dashboards_dashboard_position_idx" ON "finance"."metric_dashboards"("dashboard", "position");

-- CreateIndex
CREATE INDEX "accounts_company_id_class_idx" ON "finance"."accounts"("company_id", "class");

-- CreateIndex
CREATE INDEX "accounts_parent_id_idx" ON "finance"."accounts"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_source_id_company_id_external_id_key" ON "finance"."accounts"("source_id", "company_id", "external_id");

-- CreateIndex
CREATE INDEX "book_entries_company_id_posted_on_id_idx" ON "finance"."book_entries"("company_id", "posted_on", "id");

-- CreateIndex
CREATE INDEX "book_entries_account_id_posted_on_idx" ON "finance"."book_entries"("account_id", "posted_on");

-- CreateIndex
CREATE INDEX "book_entries_site_id_posted_on_idx" ON "finance"."book_entries"("site_id", "posted_on");

-- CreateIndex
CREATE UNIQUE INDEX "book_entries_source_id_company_id_document_type_external_id_key" ON "finance"."book_entries"("source_id", "company_id", "document_type", "external_id", "line_number");

-- CreateIndex
CREATE INDEX "workers_company_id_hired_on_terminated_on_idx" ON "finance"."workers"("company_id", "hired_on", "terminated_on");

-- CreateIndex
CREATE INDEX "workers_site_id_idx" ON "finance"."workers"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "workers_source_id_company_id_external_id_key" ON "finance"."workers"("source_id", "company_id", "external_id");

-- CreateIndex
CREATE INDEX "reconciliation_differences_company_id_created_at_id_idx" ON "finance"."reconciliation_differences"("company_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_differences_run_id_stream_kind_key_key" ON "finance"."reconciliation_differences"("run_id", "stream", "kind", "key");

-- CreateIndex
CREATE UNIQUE INDEX "erp_installations_code_key" ON "inventory"."erp_installations"("code");

-- CreateIndex
CREATE INDEX "erp_installations_company_id_idx" ON "inventory"."erp_installations"("company_id");

-- CreateIndex
CREATE INDEX "categories_parent_id_idx" ON "inventory"."categories"("parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "categories_company_id_name_key" ON "inventory"."categories"("company_id", "name");

-- CreateIndex
CREATE INDEX "idx_erp_productos_codigo" ON "inventory"."erp_productos"("codigo", "id");

-- CreateIndex
CREATE INDEX "idx_erp_productos_categoria" ON "inventory"."erp_productos"("categoria");

-- CreateIndex
CREATE INDEX "erp_productos_nombre_id_idx" ON "inventory"."erp_productos"("nombre", "id");

-- CreateIndex
CREATE INDEX "erp_productos_company_id_nombre_id_idx" ON "inventory"."erp_productos"("company_id", "nombre", "id");

-- CreateIndex
CREATE INDEX "erp_productos_company_id_codigo_id_idx" ON "inventory"."erp_productos"("company_id", "codigo", "id");

-- CreateIndex
CREATE INDEX "erp_productos_company_id_updated_at_id_idx" ON "inventory"."erp_productos"("company_id", "updated_at", "id");

-- CreateIndex
CREATE INDEX "erp_productos_category_id_idx" ON "inventory"."erp_productos"("category_id");

-- CreateIndex
CREATE INDEX "warehouses_site_id_idx" ON "inventory"."warehouses"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "warehouses_company_id_name_key" ON "inventory"."warehouses"("company_id", "name");

-- CreateIndex
CREATE INDEX "idx_erp_inventario_almacen" ON "inventory"."erp_inventario"("almacen");

-- CreateIndex
CREATE INDEX "erp_inventario_site_id_producto_id_idx" ON "inventory"."erp_inventario"("site_id", "producto_id");

-- CreateIndex
CREATE INDEX "erp_inventario_company_id_producto_id_idx" ON "inventory"."erp_inventario"("company_id", "producto_id");

-- CreateIndex
CREATE INDEX "erp_inventario_warehouse_id_idx" ON "inventory"."erp_inventario"("warehouse_id");

-- CreateIndex
CREATE UNIQUE INDEX "erp_inventario_producto_id_site_id_almacen_key" ON "inventory"."erp_inventario"("producto_id", "site_id", "almacen");

-- CreateIndex
CREATE INDEX "erp_clientes_company_id_nombre_id_idx" ON "inventory"."erp_clientes"("company_id", "nombre", "id");

-- CreateIndex
CREATE INDEX "erp_clientes_erp_id_idx" ON "inventory"."erp_clientes"("erp_id");

-- CreateIndex
CREATE INDEX "idx_erp_ventas_fecha" ON "inventory"."erp_ventas"("fecha" DESC);

-- CreateIndex
CREATE INDEX "idx_erp_ventas_cliente_fecha" ON "inventory"."erp_ventas"("cliente_id", "fecha" DESC);

-- CreateIndex
CREATE INDEX "erp_ventas_company_id_fecha_id_idx" ON "inventory"."erp_ventas"("company_id", "fecha", "id");

-- CreateIndex
CREATE INDEX "erp_ventas_site_id_fecha_id_idx" ON "inventory"."erp_ventas"("site_id", "fecha", "id");

-- CreateIndex
CREATE UNIQUE INDEX "erp_ventas_company_id_installation_id_document_type_folio_key" ON "inventory"."erp_ventas"("company_id", "installation_id", "document_type", "folio");

-- CreateIndex
CREATE INDEX "erp_ventas_detalle_producto_id_fecha_idx" ON "inventory"."erp_ventas_detalle"("producto_id", "fecha");

-- CreateIndex
CREATE INDEX "erp_ventas_detalle_site_id_producto_id_fecha_idx" ON "inventory"."erp_ventas_detalle"("site_id", "producto_id", "fecha");

-- CreateIndex
CREATE INDEX "erp_ventas_detalle_company_id_fecha_idx" ON "inventory"."erp_ventas_detalle"("company_id", "fecha");

-- CreateIndex
CREATE UNIQUE INDEX "erp_ventas_detalle_venta_id_posicion_key" ON "inventory"."erp_ventas_detalle"("venta_id", "posicion");

-- CreateIndex
CREATE INDEX "stock_movements_product_id_occurred_at_id_idx" ON "inventory"."stock_movements"("product_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "stock_movements_site_id_occurred_at_id_idx" ON "inventory"."stock_movements"("site_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "stock_movements_warehouse_id_idx" ON "inventory"."stock_movements"("warehouse_id");

-- CreateIndex
CREATE INDEX "replenishment_settings_site_id_idx" ON "inventory"."replenishment_settings"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "replenishment_settings_product_id_site_id_key" ON "inventory"."replenishment_settings"("product_id", "site_id");

-- CreateIndex
CREATE INDEX "demand_forecasts_product_id_site_id_created_at_idx" ON "inventory"."demand_forecasts"("product_id", "site_id", "created_at");

-- CreateIndex
CREATE INDEX "demand_forecasts_company_id_created_at_idx" ON "inventory"."demand_forecasts"("company_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "demand_forecasts_product_id_site_id_starts_on_horizon_days__key" ON "inventory"."demand_forecasts"("product_id", "site_id", "starts_on", "horizon_days", "input_hash");

-- CreateIndex
CREATE UNIQUE INDEX "forecast_backtests_forecast_id_method_key" ON "inventory"."forecast_backtests"("forecast_id", "method");

-- CreateIndex
CREATE INDEX "idx_sync_jobs_status_created" ON "inventory"."sync_jobs"("status", "created_at" DESC);

-- CreateIndex
CREATE INDEX "sync_jobs_company_id_created_at_id_idx" ON "inventory"."sync_jobs"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "sync_jobs_installation_id_job_type_created_at_idx" ON "inventory"."sync_jobs"("installation_id", "job_type", "created_at");

-- CreateIndex
CREATE INDEX "sync_failed_rows_job_id_id_idx" ON "inventory"."sync_failed_rows"("job_id", "id");

-- CreateIndex
CREATE INDEX "sync_schedules_is_active_next_run_at_idx" ON "inventory"."sync_schedules"("is_active", "next_run_at");

-- CreateIndex
CREATE UNIQUE INDEX "sync_schedules_installation_id_entity_mode_key" ON "inventory"."sync_schedules"("installation_id", "entity", "mode");

-- CreateIndex
CREATE INDEX "spreadsheet_imports_company_id_created_at_id_idx" ON "inventory"."spreadsheet_imports"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "spreadsheet_imports_upload_id_idx" ON "inventory"."spreadsheet_imports"("upload_id");

-- CreateIndex
CREATE INDEX "spreadsheet_import_rows_import_id_status_idx" ON "inventory"."spreadsheet_import_rows"("import_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "spreadsheet_mappings_company_id_header_hash_key" ON "inventory"."spreadsheet_mappings"("company_id", "header_hash");

-- CreateIndex
CREATE INDEX "outbox_topic_id_idx" ON "platform"."outbox"("topic", "id");

-- CreateIndex
CREATE INDEX "outbox_key_id_idx" ON "platform"."outbox"("key", "id");

-- CreateIndex
CREATE INDEX "consumed_events_consumed_at_idx" ON "platform"."consumed_events"("consumed_at");

-- CreateIndex
CREATE UNIQUE INDEX "uploads_storage_path_key" ON "platform"."uploads"("storage_path");

-- CreateIndex
CREATE INDEX "uploads_uploaded_by_created_at_idx" ON "platform"."uploads"("uploaded_by", "created_at");

-- CreateIndex
CREATE INDEX "uploads_company_id_created_at_idx" ON "platform"."uploads"("company_id", "created_at");

-- CreateIndex
CREATE INDEX "uploads_sha256_idx" ON "platform"."uploads"("sha256");

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "platform"."idempotency_keys"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "produccion_aliar_id_key" ON "production"."produccion_aliar"("id");

-- CreateIndex
CREATE INDEX "idx_fecha_produccion" ON "production"."produccion_aliar"("fecha_produccion", "id");

-- CreateIndex
CREATE INDEX "idx_planta" ON "production"."produccion_aliar"("planta");

-- CreateIndex
CREATE INDEX "idx_tiene_adiflow" ON "production"."produccion_aliar"("tiene_adiflow");

-- CreateIndex
CREATE INDEX "idx_orden_produccion" ON "production"."produccion_aliar"("orden_produccion", "id");

-- CreateIndex
CREATE INDEX "produccion_aliar_site_id_fecha_produccion_id_idx" ON "production"."produccion_aliar"("site_id", "fecha_produccion", "id");

-- CreateIndex
CREATE INDEX "produccion_aliar_company_id_fecha_produccion_id_idx" ON "production"."produccion_aliar"("company_id", "fecha_produccion", "id");

-- CreateIndex
CREATE INDEX "produccion_aliar_referencia_producto_fecha_produccion_idx" ON "production"."produccion_aliar"("referencia_producto", "fecha_produccion");

-- CreateIndex
CREATE UNIQUE INDEX "produccion_aliar_import_id_import_row_key" ON "production"."produccion_aliar"("import_id", "import_row");

-- CreateIndex
CREATE UNIQUE INDEX "plant_mappings_planta_key" ON "production"."plant_mappings"("planta");

-- CreateIndex
CREATE INDEX "plant_mappings_site_id_idx" ON "production"."plant_mappings"("site_id");

-- CreateIndex
CREATE UNIQUE INDEX "kpi_targets_metric_company_id_site_id_product_reference_val_key" ON "production"."kpi_targets"("metric", "company_id", "site_id", "product_reference", "valid_from");

-- CreateIndex
CREATE INDEX "imports_company_id_created_at_id_idx" ON "production"."imports"("company_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "imports_upload_id_idx" ON "production"."imports"("upload_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_errors_import_id_row_key" ON "production"."import_errors"("import_id", "row");

-- CreateIndex
CREATE UNIQUE INDEX "providers_company_id_name_key" ON "telemetry"."providers"("company_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "catchment_points_code_key" ON "telemetry"."catchment_points"("code");

-- CreateIndex
CREATE INDEX "catchment_points_site_id_code_idx" ON "telemetry"."catchment_points"("site_id", "code");

-- CreateIndex
CREATE INDEX "catchment_points_company_id_name_id_idx" ON "telemetry"."catchment_points"("company_id", "name", "id");

-- CreateIndex
CREATE INDEX "catchment_points_status_idx" ON "telemetry"."catchment_points"("status");

-- CreateIndex
CREATE INDEX "catchment_points_name_id_idx" ON "telemetry"."catchment_points"("name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "point_variables_point_id_variable_valid_from_key" ON "telemetry"."point_variables"("point_id", "variable", "valid_from");

-- CreateIndex
CREATE INDEX "reading_sources_point_id_idx" ON "telemetry"."reading_sources"("point_id");

-- CreateIndex
CREATE UNIQUE INDEX "reading_sources_provider_id_device_id_key" ON "telemetry"."reading_sources"("provider_id", "device_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_channels_source_id_channel_key" ON "telemetry"."source_channels"("source_id", "channel");

-- CreateIndex
CREATE INDEX "raw_readings_received_at_idx" ON "telemetry"."raw_readings" USING BRIN ("received_at");

-- CreateIndex
CREATE INDEX "latest_measurements_site_id_idx" ON "telemetry"."latest_measurements"("site_id");

-- CreateIndex
CREATE INDEX "latest_measurements_expected_by_idx" ON "telemetry"."latest_measurements"("expected_by");

-- CreateIndex
CREATE INDEX "dirty_buckets_marked_at_idx" ON "telemetry"."dirty_buckets"("marked_at");

-- CreateIndex
CREATE INDEX "rules_company_id_is_active_idx" ON "telemetry"."rules"("company_id", "is_active");

-- CreateIndex
CREATE INDEX "rules_point_id_idx" ON "telemetry"."rules"("point_id");

-- CreateIndex
CREATE INDEX "alerts_site_id_status_opened_at_id_idx" ON "telemetry"."alerts"("site_id", "status", "opened_at", "id");

-- CreateIndex
CREATE INDEX "alerts_company_id_opened_at_id_idx" ON "telemetry"."alerts"("company_id", "opened_at", "id");

-- CreateIndex
CREATE INDEX "alerts_point_id_opened_at_idx" ON "telemetry"."alerts"("point_id", "opened_at");

-- CreateIndex
CREATE INDEX "alerts_rule_id_idx" ON "telemetry"."alerts"("rule_id");

-- CreateIndex
CREATE INDEX "notification_rules_company_id_is_active_idx" ON "telemetry"."notification_rules"("company_id", "is_active");

-- CreateIndex
CREATE INDEX "notification_rules_point_id_idx" ON "telemetry"."notification_rules"("point_id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_deliveries_idempotency_key_key" ON "telemetry"."notification_deliveries"("idempotency_key");

-- CreateIndex
CREATE INDEX "notification_deliveries_status_next_attempt_at_idx" ON "telemetry"."notification_deliveries"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "notification_deliveries_rule_id_created_at_idx" ON "telemetry"."notification_deliveries"("rule_id", "created_at");

-- CreateIndex
CREATE INDEX "notification_deliveries_alert_id_idx" ON "telemetry"."notification_deliveries"("alert_id");

-- CreateIndex
CREATE UNIQUE INDEX "telemetry_schemas_company_id_name_key" ON "telemetry"."telemetry_schemas"("company_id", "name");

-- CreateIndex
CREATE INDEX "telemetry_groups_point_id_grouped_at_idx" ON "telemetry"."telemetry_groups"("point_id", "grouped_at");

-- CreateIndex
CREATE UNIQUE INDEX "compliance_sources_code_key" ON "telemetry"."compliance_sources"("code");

-- CreateIndex
CREATE INDEX "compliance_configs_source_id_idx" ON "telemetry"."compliance_configs"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "compliance_configs_point_id_source_id_starts_at_key" ON "telemetry"."compliance_configs"("point_id", "source_id", "starts_at");

-- CreateIndex
CREATE INDEX "compliance_submissions_status_not_before_idx" ON "telemetry"."compliance_submissions"("status", "not_before");

-- CreateIndex
CREATE INDEX "compliance_submissions_site_id_slot_at_id_idx" ON "telemetry"."compliance_submissions"("site_id", "slot_at", "id");

-- CreateIndex
CREATE INDEX "compliance_submissions_company_id_slot_at_id_idx" ON "telemetry"."compliance_submissions"("company_id", "slot_at", "id");

-- CreateIndex
CREATE INDEX "compliance_submissions_config_id_idx" ON "telemetry"."compliance_submissions"("config_id");

-- CreateIndex
CREATE INDEX "compliance_submissions_source_id_idx" ON "telemetry"."compliance_submissions"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "compliance_submissions_point_id_source_id_slot_at_key" ON "telemetry"."compliance_submissions"("point_id", "source_id", "slot_at");

-- CreateIndex
CREATE UNIQUE INDEX "submission_attempts_submission_id_number_key" ON "telemetry"."submission_attempts"("submission_id", "number");

-- CreateIndex
CREATE INDEX "dead_letters_received_at_id_idx" ON "telemetry"."dead_letters"("received_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ingest_batches_message_key_key" ON "telemetry"."ingest_batches"("message_key");

-- CreateIndex
CREATE INDEX "ingest_batches_company_id_received_at_id_idx" ON "telemetry"."ingest_batches"("company_id", "received_at", "id");

-- CreateIndex
CREATE INDEX "ingest_batches_status_received_at_idx" ON "telemetry"."ingest_batches"("status", "received_at");

-- CreateIndex
CREATE INDEX "provider_schedules_is_active_next_run_at_idx" ON "telemetry"."provider_schedules"("is_active", "next_run_at");

-- CreateIndex
CREATE UNIQUE INDEX "provider_schedules_provider_id_name_key" ON "telemetry"."provider_schedules"("provider_id", "name");

-- AddForeignKey
ALTER TABLE "access"."user_companies" ADD CONSTRAINT "user_companies_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "access"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."user_companies" ADD CONSTRAINT "user_companies_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "access"."companies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."user_sites" ADD CONSTRAINT "user_sites_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "access"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."user_sites" ADD CONSTRAINT "user_sites_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "access"."sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."user_dashboards" ADD CONSTRAINT "user_dashboards_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "access"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."sites" ADD CONSTRAINT "sites_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "access"."companies"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."refresh_token_families" ADD CONSTRAINT "refresh_token_families_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "access"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."refresh_tokens" ADD CONSTRAINT "refresh_tokens_family_id_fkey" FOREIGN KEY ("family_id") REFERENCES "access"."refresh_token_families"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."api_keys" ADD CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "access"."users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."webhooks" ADD CONSTRAINT "webhooks_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "access"."companies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access"."webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "access"."webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assistant"."answers" ADD CONSTRAINT "answers_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "assistant"."threads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assistant"."answer_steps" ADD CONSTRAINT "answer_steps_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "assistant"."answers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assistant"."answer_metrics" ADD CONSTRAINT "answer_metrics_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "assistant"."answers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assistant"."answer_metrics" ADD CONSTRAINT "answer_metrics_metric_version_id_fkey" FOREIGN KEY ("metric_version_id") REFERENCES "assistant"."metric_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assistant"."dataset_columns" ADD CONSTRAINT "dataset_columns_dataset_id_fkey" FOREIGN KEY ("dataset_id") REFERENCES "assistant"."datasets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."practitioner_clinics" ADD CONSTRAINT "practitioner_clinics_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "clinics"."practitioners"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."practitioner_clinics" ADD CONSTRAINT "practitioner_clinics_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"."clinics"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."practitioner_specialties" ADD CONSTRAINT "practitioner_specialties_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "clinics"."practitioners"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."practitioner_specialties" ADD CONSTRAINT "practitioner_specialties_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "clinics"."specialties"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."schedules" ADD CONSTRAINT "schedules_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"."clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."schedules" ADD CONSTRAINT "schedules_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "clinics"."practitioners"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."schedules" ADD CONSTRAINT "schedules_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "clinics"."specialties"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."slots" ADD CONSTRAINT "slots_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "clinics"."schedules"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."slots" ADD CONSTRAINT "slots_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"."clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."slots" ADD CONSTRAINT "slots_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "clinics"."practitioners"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."slots" ADD CONSTRAINT "slots_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "clinics"."specialties"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."appointments" ADD CONSTRAINT "appointments_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"."clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."appointments" ADD CONSTRAINT "appointments_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "clinics"."slots"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."appointments" ADD CONSTRAINT "appointments_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "clinics"."practitioners"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."appointments" ADD CONSTRAINT "appointments_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "clinics"."specialties"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."appointments" ADD CONSTRAINT "appointments_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "clinics"."patients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."appointments" ADD CONSTRAINT "appointments_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "clinics"."conversations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."appointments" ADD CONSTRAINT "appointments_rescheduled_from_id_fkey" FOREIGN KEY ("rescheduled_from_id") REFERENCES "clinics"."appointments"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."conversations" ADD CONSTRAINT "conversations_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"."clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."conversations" ADD CONSTRAINT "conversations_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "clinics"."patients"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."messages" ADD CONSTRAINT "messages_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "clinics"."conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."conversation_events" ADD CONSTRAINT "conversation_events_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "clinics"."conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."outbound_messages" ADD CONSTRAINT "outbound_messages_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "clinics"."conversations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."outbound_messages" ADD CONSTRAINT "outbound_messages_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "clinics"."messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."waitlist" ADD CONSTRAINT "waitlist_clinic_id_fkey" FOREIGN KEY ("clinic_id") REFERENCES "clinics"."clinics"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."waitlist" ADD CONSTRAINT "waitlist_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "clinics"."patients"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."waitlist" ADD CONSTRAINT "waitlist_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "clinics"."specialties"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinics"."waitlist" ADD CONSTRAINT "waitlist_offered_slot_id_fkey" FOREIGN KEY ("offered_slot_id") REFERENCES "clinics"."slots"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."etl_agents" ADD CONSTRAINT "etl_agents_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."etl_runs" ADD CONSTRAINT "etl_runs_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."etl_certificates" ADD CONSTRAINT "etl_certificates_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "finance"."etl_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."etl_cursors" ADD CONSTRAINT "etl_cursors_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."etl_staging_batches" ADD CONSTRAINT "etl_staging_batches_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "finance"."etl_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."orders" ADD CONSTRAINT "orders_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."order_lines" ADD CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "finance"."orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."customer_mappings" ADD CONSTRAINT "customer_mappings_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."source_site_mappings" ADD CONSTRAINT "source_site_mappings_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."metric_dashboards" ADD CONSTRAINT "metric_dashboards_metric_id_fkey" FOREIGN KEY ("metric_id") REFERENCES "finance"."metric_definitions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."accounts" ADD CONSTRAINT "accounts_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."accounts" ADD CONSTRAINT "accounts_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "finance"."accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."book_entries" ADD CONSTRAINT "book_entries_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."book_entries" ADD CONSTRAINT "book_entries_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "finance"."accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."workers" ADD CONSTRAINT "workers_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "finance"."etl_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finance"."reconciliation_differences" ADD CONSTRAINT "reconciliation_differences_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "finance"."etl_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."categories" ADD CONSTRAINT "categories_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "inventory"."categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_productos" ADD CONSTRAINT "erp_productos_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_productos" ADD CONSTRAINT "erp_productos_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "inventory"."categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."warehouses" ADD CONSTRAINT "warehouses_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_inventario" ADD CONSTRAINT "erp_inventario_producto_id_fkey" FOREIGN KEY ("producto_id") REFERENCES "inventory"."erp_productos"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_inventario" ADD CONSTRAINT "erp_inventario_warehouse_id_fkey" FOREIGN KEY ("warehouse_id") REFERENCES "inventory"."warehouses"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_clientes" ADD CONSTRAINT "erp_clientes_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_ventas" ADD CONSTRAINT "erp_ventas_cliente_id_fkey" FOREIGN KEY ("cliente_id") REFERENCES "inventory"."erp_clientes"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_ventas" ADD CONSTRAINT "erp_ventas_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_ventas_detalle" ADD CONSTRAINT "erp_ventas_detalle_venta_id_fkey" FOREIGN KEY ("venta_id") REFERENCES "inventory"."erp_ventas"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."erp_ventas_detalle" ADD CONSTRAINT "erp_ventas_detalle_producto_id_fkey" FOREIGN KEY ("producto_id") REFERENCES "inventory"."erp_productos"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."stock_movements" ADD CONSTRAINT "stock_movements_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "inventory"."erp_productos"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."stock_movements" ADD CONSTRAINT "stock_movements_warehouse_id_fkey" FOREIGN KEY ("warehouse_id") REFERENCES "inventory"."warehouses"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."replenishment_settings" ADD CONSTRAINT "replenishment_settings_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "inventory"."erp_productos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."demand_forecasts" ADD CONSTRAINT "demand_forecasts_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "inventory"."erp_productos"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."demand_forecast_points" ADD CONSTRAINT "demand_forecast_points_forecast_id_fkey" FOREIGN KEY ("forecast_id") REFERENCES "inventory"."demand_forecasts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."forecast_backtests" ADD CONSTRAINT "forecast_backtests_forecast_id_fkey" FOREIGN KEY ("forecast_id") REFERENCES "inventory"."demand_forecasts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."sync_jobs" ADD CONSTRAINT "sync_jobs_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."sync_failed_rows" ADD CONSTRAINT "sync_failed_rows_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "inventory"."sync_jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."sync_bookmarks" ADD CONSTRAINT "sync_bookmarks_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."sync_schedules" ADD CONSTRAINT "sync_schedules_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "inventory"."erp_installations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."sync_certificates" ADD CONSTRAINT "sync_certificates_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "inventory"."sync_jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inventory"."spreadsheet_import_rows" ADD CONSTRAINT "spreadsheet_import_rows_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "inventory"."spreadsheet_imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "production"."produccion_aliar" ADD CONSTRAINT "produccion_aliar_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "production"."imports"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "production"."import_errors" ADD CONSTRAINT "import_errors_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "production"."imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."point_variables" ADD CONSTRAINT "point_variables_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."reading_sources" ADD CONSTRAINT "reading_sources_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."reading_sources" ADD CONSTRAINT "reading_sources_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "telemetry"."providers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."source_channels" ADD CONSTRAINT "source_channels_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "telemetry"."reading_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."latest_measurements" ADD CONSTRAINT "latest_measurements_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."rules" ADD CONSTRAINT "rules_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."alerts" ADD CONSTRAINT "alerts_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."alerts" ADD CONSTRAINT "alerts_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "telemetry"."rules"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."notification_deliveries" ADD CONSTRAINT "notification_deliveries_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "telemetry"."notification_rules"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."notification_deliveries" ADD CONSTRAINT "notification_deliveries_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "telemetry"."alerts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."telemetry_groups" ADD CONSTRAINT "telemetry_groups_schema_id_fkey" FOREIGN KEY ("schema_id") REFERENCES "telemetry"."telemetry_schemas"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."compliance_schedules" ADD CONSTRAINT "compliance_schedules_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "telemetry"."compliance_sources"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."compliance_configs" ADD CONSTRAINT "compliance_configs_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."compliance_configs" ADD CONSTRAINT "compliance_configs_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "telemetry"."compliance_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."compliance_submissions" ADD CONSTRAINT "compliance_submissions_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "telemetry"."catchment_points"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."compliance_submissions" ADD CONSTRAINT "compliance_submissions_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "telemetry"."compliance_sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."compliance_submissions" ADD CONSTRAINT "compliance_submissions_config_id_fkey" FOREIGN KEY ("config_id") REFERENCES "telemetry"."compliance_configs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."submission_attempts" ADD CONSTRAINT "submission_attempts_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "telemetry"."compliance_submissions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telemetry"."provider_schedules" ADD CONSTRAINT "provider_schedules_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "telemetry"."providers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
