-- Documents that partners register for a key, and whether it runs anything else.
ALTER TABLE "access"."api_keys" ADD COLUMN "registered_only" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "access"."api_key_documents" (
  "key_id" UUID NOT NULL,
  "hash" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "operations" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "api_key_documents_pkey" PRIMARY KEY ("key_id", "hash"),
  -- Nobody is ever given another text than the one that was hashed.
  CONSTRAINT "api_key_documents_hash_check" CHECK ("hash" = encode(sha256(convert_to("text", 'UTF8')), 'hex')),
  CONSTRAINT "api_key_documents_text_check" CHECK (length("text") BETWEEN 1 AND 20000)
);
ALTER TABLE "access"."api_key_documents" ADD CONSTRAINT "api_key_documents_key_id_fkey"
  FOREIGN KEY ("key_id") REFERENCES "access"."api_keys"("id") ON DELETE CASCADE ON UPDATE CASCADE;
