-- CreateTable
CREATE TABLE "area" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "vintage" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT,
    "name_search" TEXT NOT NULL,
    "description" TEXT,
    "valid_from" DATE,
    "valid_to" DATE,
    "parent_code" TEXT,
    "province_id" TEXT,
    "alias" TEXT,
    "external_ref" TEXT,
    "correction" TEXT,

    CONSTRAINT "area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "area_member" (
    "group_id" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,

    CONSTRAINT "area_member_pkey" PRIMARY KEY ("group_id","member_id")
);

-- CreateTable
CREATE TABLE "area_succession" (
    "id" TEXT NOT NULL,
    "predecessor_id" TEXT NOT NULL,
    "successor_id" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "exact" BOOLEAN NOT NULL,
    "basis" TEXT NOT NULL,

    CONSTRAINT "area_succession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office" (
    "id" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office_area" (
    "office_id" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "office_area_pkey" PRIMARY KEY ("office_id","area_id","valid_from")
);

-- CreateTable
CREATE TABLE "agency" (
    "id" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "registered_by" TEXT NOT NULL,
    "approved_by" TEXT NOT NULL,

    CONSTRAINT "agency_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application" (
    "id" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issuer" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "jwks_uri" TEXT NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "issuer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issuer_agency" (
    "issuer_id" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,

    CONSTRAINT "issuer_agency_pkey" PRIMARY KEY ("issuer_id","agency_id")
);

-- CreateTable
CREATE TABLE "grant" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "consumer_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant_topic" (
    "grant_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "reach" TEXT NOT NULL,

    CONSTRAINT "grant_topic_pkey" PRIMARY KEY ("grant_id","topic")
);

-- CreateTable
CREATE TABLE "grant_area" (
    "grant_id" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,

    CONSTRAINT "grant_area_pkey" PRIMARY KEY ("grant_id","area_id")
);

-- CreateTable
CREATE TABLE "grant_purpose" (
    "grant_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "grant_purpose_pkey" PRIMARY KEY ("grant_id","purpose")
);

-- CreateTable
CREATE TABLE "source" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "bibliographic_title" TEXT NOT NULL,
    "author_or_publisher" TEXT NOT NULL,
    "published_on" TEXT,
    "kind" TEXT NOT NULL,
    "nature" TEXT NOT NULL,
    "area_id" TEXT,
    "reliability_note" TEXT,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instrument" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "number" TEXT,
    "date" TEXT,
    "issuer" TEXT,
    "area_id" TEXT NOT NULL,
    "subject" TEXT,
    "comment" TEXT,
    "source_ids" TEXT[],
    "locator" TEXT NOT NULL,

    CONSTRAINT "instrument_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_list" (
    "id" TEXT NOT NULL,
    "basis" TEXT NOT NULL,

    CONSTRAINT "code_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code" (
    "list_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name_en" TEXT NOT NULL,
    "name_vi" TEXT,
    "description" TEXT,
    "parent_code" TEXT,
    "external_ref" TEXT,

    CONSTRAINT "code_pkey" PRIMARY KEY ("list_id","code")
);

-- CreateTable
CREATE TABLE "conflict" (
    "id" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "certainty" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "computed_evidence" TEXT,
    "external_evidence" TEXT,
    "external_url" TEXT,
    "handling" TEXT NOT NULL,
    "topics" TEXT[],
    "source_ids" TEXT[],
    "locator" TEXT NOT NULL,

    CONSTRAINT "conflict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conflict_row" (
    "conflict_id" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "topics" TEXT[],

    CONSTRAINT "conflict_row_pkey" PRIMARY KEY ("conflict_id","row_id")
);

-- CreateTable
CREATE TABLE "observation" (
    "id" TEXT NOT NULL,
    "figure_id" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "has_internal" BOOLEAN NOT NULL DEFAULT false,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "domain" TEXT NOT NULL,
    "indicator" TEXT NOT NULL,
    "base_indicator" TEXT,
    "scheme" TEXT,
    "scheme_components" TEXT[],
    "participant_group" TEXT,
    "sex" TEXT NOT NULL,
    "residence" TEXT NOT NULL,
    "breakdown" TEXT NOT NULL,
    "time_period" TEXT,
    "period_start" DATE,
    "period_end" DATE,
    "period_basis" TEXT NOT NULL,
    "value" DECIMAL,
    "decimals" INTEGER,
    "unit" TEXT NOT NULL,
    "denominator" TEXT,
    "qualifier" TEXT,
    "obs_status" TEXT NOT NULL,
    "conf_status" TEXT NOT NULL,
    "comment" TEXT,
    "source_id" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,
    "known_to" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "observation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target" (
    "id" TEXT NOT NULL,
    "figure_id" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "has_internal" BOOLEAN NOT NULL DEFAULT false,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "kind" TEXT NOT NULL,
    "assigned_by" TEXT,
    "instrument_id" TEXT,
    "scheme" TEXT,
    "scheme_components" TEXT[],
    "participant_group" TEXT,
    "indicator" TEXT,
    "time_period" TEXT,
    "period_start" DATE,
    "period_end" DATE,
    "period_basis" TEXT NOT NULL,
    "value" DECIMAL,
    "decimals" INTEGER,
    "unit" TEXT,
    "denominator" TEXT,
    "qualifier" TEXT,
    "obs_status" TEXT NOT NULL,
    "conf_status" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "result_ids" TEXT[],
    "derivable_from" TEXT[],
    "comment" TEXT,
    "source_id" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,
    "known_to" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_record" (
    "number" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "leaf" BYTEA NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "agency_id" TEXT,
    "application_id" TEXT,
    "role" TEXT,
    "purpose" TEXT,
    "case_reference" TEXT,
    "grants" TEXT[],
    "request_id" TEXT NOT NULL,
    "operation_name" TEXT,
    "operation_type" TEXT,
    "document_hash" TEXT,
    "topics" TEXT[],
    "areas" TEXT[],
    "area_count" INTEGER NOT NULL,
    "given" JSONB NOT NULL,
    "employers" JSONB NOT NULL,
    "withheld" JSONB NOT NULL,
    "policy_version" TEXT NOT NULL,
    "schema_version" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "error_code" TEXT,
    "request_count" INTEGER NOT NULL,
    "duration_micros" INTEGER NOT NULL,

    CONSTRAINT "access_record_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "access_salt" (
    "number" BIGINT NOT NULL,
    "salt" BYTEA NOT NULL,

    CONSTRAINT "access_salt_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "access_document" (
    "hash" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "access_document_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "access_head" (
    "id" INTEGER NOT NULL,
    "next" BIGINT NOT NULL,

    CONSTRAINT "access_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_record" (
    "id" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "change_record_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "area_alias_key" ON "area"("alias");

-- CreateIndex
CREATE INDEX "area_parent_code_idx" ON "area"("parent_code");

-- CreateIndex
CREATE INDEX "area_name_search_idx" ON "area"("name_search");

-- CreateIndex
CREATE INDEX "area_province_id_idx" ON "area"("province_id");

-- CreateIndex
CREATE UNIQUE INDEX "area_code_vintage_key" ON "area"("code", "vintage");

-- CreateIndex
CREATE INDEX "area_succession_predecessor_id_idx" ON "area_succession"("predecessor_id");

-- CreateIndex
CREATE INDEX "area_succession_successor_id_idx" ON "area_succession"("successor_id");

-- CreateIndex
CREATE INDEX "application_agency_id_idx" ON "application"("agency_id");

-- CreateIndex
CREATE INDEX "grant_consumer_id_idx" ON "grant"("consumer_id");

-- CreateIndex
CREATE INDEX "conflict_row_row_id_idx" ON "conflict_row"("row_id");

-- CreateIndex
CREATE INDEX "observation_area_id_indicator_period_start_idx" ON "observation"("area_id", "indicator", "period_start");

-- CreateIndex
CREATE INDEX "observation_province_id_indicator_period_start_idx" ON "observation"("province_id", "indicator", "period_start");

-- CreateIndex
CREATE INDEX "observation_indicator_period_start_idx" ON "observation"("indicator", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "observation_figure_id_contributor_id_audience_known_from_key" ON "observation"("figure_id", "contributor_id", "audience", "known_from");

-- CreateIndex
CREATE INDEX "target_area_id_indicator_period_start_idx" ON "target"("area_id", "indicator", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "target_figure_id_contributor_id_audience_known_from_key" ON "target"("figure_id", "contributor_id", "audience", "known_from");

-- CreateIndex
CREATE INDEX "access_record_agency_id_number_idx" ON "access_record"("agency_id", "number");

-- CreateIndex
CREATE INDEX "access_record_occurred_at_idx" ON "access_record"("occurred_at");

-- CreateIndex
CREATE INDEX "change_record_entity_entity_id_idx" ON "change_record"("entity", "entity_id");

-- AddForeignKey
ALTER TABLE "area" ADD CONSTRAINT "area_province_id_fkey" FOREIGN KEY ("province_id") REFERENCES "area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "area_member" ADD CONSTRAINT "area_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "area_member" ADD CONSTRAINT "area_member_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "area_succession" ADD CONSTRAINT "area_succession_predecessor_id_fkey" FOREIGN KEY ("predecessor_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "area_succession" ADD CONSTRAINT "area_succession_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office" ADD CONSTRAINT "office_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_area" ADD CONSTRAINT "office_area_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_area" ADD CONSTRAINT "office_area_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application" ADD CONSTRAINT "application_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issuer_agency" ADD CONSTRAINT "issuer_agency_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "issuer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issuer_agency" ADD CONSTRAINT "issuer_agency_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant" ADD CONSTRAINT "grant_consumer_id_fkey" FOREIGN KEY ("consumer_id") REFERENCES "agency"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant_topic" ADD CONSTRAINT "grant_topic_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant_area" ADD CONSTRAINT "grant_area_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant_area" ADD CONSTRAINT "grant_area_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grant_purpose" ADD CONSTRAINT "grant_purpose_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instrument" ADD CONSTRAINT "instrument_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code" ADD CONSTRAINT "code_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "code_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conflict" ADD CONSTRAINT "conflict_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conflict_row" ADD CONSTRAINT "conflict_row_conflict_id_fkey" FOREIGN KEY ("conflict_id") REFERENCES "conflict"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "observation" ADD CONSTRAINT "observation_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "observation" ADD CONSTRAINT "observation_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;