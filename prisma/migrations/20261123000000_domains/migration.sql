-- The tables of partners, campaigns, contribution debt, monthly enrolment and releases.

-- AlterTable
ALTER TABLE "observation" ADD COLUMN     "release_id" TEXT;

-- CreateTable
CREATE TABLE "release" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "dataflow" TEXT NOT NULL,
    "title_vi" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "time_period" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "provisional" BOOLEAN NOT NULL,
    "exceptional" BOOLEAN NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "prepared_by" TEXT NOT NULL,
    "approved_by" TEXT,
    "note" TEXT,
    "source_id" TEXT NOT NULL,

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrolment_movement" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "scheme" TEXT NOT NULL,
    "participant_group" TEXT NOT NULL,
    "time_period" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "opening" INTEGER NOT NULL,
    "joined" INTEGER NOT NULL,
    "returned" INTEGER NOT NULL,
    "left_withdrawal" INTEGER NOT NULL,
    "left_pension" INTEGER NOT NULL,
    "left_other_scheme" INTEGER NOT NULL,
    "left_moved" INTEGER NOT NULL,
    "left_stopped" INTEGER NOT NULL,
    "closing" INTEGER NOT NULL,
    "obs_status" TEXT NOT NULL,
    "conf_status" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enrolment_movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partner" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "name_en" TEXT NOT NULL,
    "name_vi" TEXT,
    "name_search" TEXT NOT NULL DEFAULT '',
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "agency_id" TEXT,
    "comment" TEXT,
    "source_ids" TEXT[],
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coordination" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "insurer_id" TEXT NOT NULL,
    "partner_id" TEXT NOT NULL,
    "relation" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "topic_codes" TEXT[],
    "instrument_kind" TEXT NOT NULL,
    "instrument_id" TEXT,
    "frequency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "time_period" TEXT,
    "period_start" DATE,
    "period_end" DATE,
    "comment" TEXT,
    "source_ids" TEXT[],
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "coordination_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coordination_instrument" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "kind" TEXT NOT NULL,
    "number" TEXT,
    "title_vi" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "coordination_instrument_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coordination_party" (
    "instrument_id" TEXT NOT NULL,
    "partner_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "agency_id" TEXT,
    "role" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "coordination_party_pkey" PRIMARY KEY ("instrument_id","partner_id")
);

-- CreateTable
CREATE TABLE "coordination_term" (
    "instrument_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "text_vi" TEXT NOT NULL,
    "text_en" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "due_on" DATE,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "coordination_term_pkey" PRIMARY KEY ("instrument_id","position")
);

-- CreateTable
CREATE TABLE "agent_system" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "partner_id" TEXT,
    "agent_staff" INTEGER,
    "collection_points" INTEGER,
    "is_total" BOOLEAN NOT NULL,
    "time_period" TEXT,
    "period_start" DATE,
    "period_end" DATE,
    "period_basis" TEXT NOT NULL,
    "obs_status" TEXT NOT NULL,
    "conf_status" TEXT NOT NULL,
    "comment" TEXT,
    "source_id" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_system_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_point" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "partner_id" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "staff" INTEGER NOT NULL,
    "opened_on" DATE NOT NULL,
    "closed_on" DATE,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "agent_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "agent_task" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "point_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "scheme" TEXT,
    "goal" INTEGER,
    "assigned_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "completed_on" DATE,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "agent_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organisation_fact" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "partner_id" TEXT NOT NULL,
    "unit_name" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "value" DECIMAL,
    "decimals" INTEGER,
    "unit" TEXT,
    "qualifier" TEXT,
    "time_period" TEXT,
    "period_start" DATE,
    "period_end" DATE,
    "period_basis" TEXT NOT NULL,
    "obs_status" TEXT NOT NULL,
    "conf_status" TEXT NOT NULL,
    "comment" TEXT,
    "source_id" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "organisation_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "method" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "topic_codes" TEXT[],
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_party" (
    "campaign_id" TEXT NOT NULL,
    "partner_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "agency_id" TEXT,
    "role" TEXT NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_party_pkey" PRIMARY KEY ("campaign_id","partner_id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "campaign_id" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "audience_codes" TEXT[],
    "topic_codes" TEXT[],
    "languages" TEXT[],
    "place" TEXT,
    "frequency" TEXT NOT NULL,
    "focal_point" TEXT,
    "planned_on" DATE NOT NULL,
    "held_on" DATE,
    "status" TEXT NOT NULL,
    "outcome_ids" TEXT[],
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_cost" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "campaign_id" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "budget" BIGINT NOT NULL,
    "spent" BIGINT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "campaign_cost_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "campaign_output" (
    "id" TEXT NOT NULL,
    "figure_id" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "has_internal" BOOLEAN NOT NULL DEFAULT false,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "series" TEXT,
    "campaign_id" TEXT,
    "activity_id" TEXT,
    "activity_name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "form_basis" TEXT NOT NULL,
    "audience_codes" TEXT[],
    "topic_codes" TEXT[],
    "partner_id" TEXT,
    "measure" TEXT NOT NULL,
    "is_total" BOOLEAN NOT NULL,
    "time_period" TEXT,
    "period_start" DATE,
    "period_end" DATE,
    "period_basis" TEXT NOT NULL,
    "value" DECIMAL,
    "decimals" INTEGER,
    "qualifier" TEXT,
    "obs_status" TEXT NOT NULL,
    "conf_status" TEXT NOT NULL,
    "outcome_ids" TEXT[],
    "comment" TEXT,
    "source_id" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "known_from" TIMESTAMPTZ(3) NOT NULL,
    "known_to" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_output_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audience" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "audience_codes" TEXT[],
    "name" TEXT NOT NULL,
    "topic_codes" TEXT[],
    "channel_codes" TEXT[],
    "message_gist" TEXT,
    "frequency" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "comment" TEXT,
    "source_id" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "audience_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_use" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "channel" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "form_basis" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "comment" TEXT,
    "source_id" TEXT NOT NULL,
    "locator" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "channel_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "series_rule" (
    "series" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "additive_over_time" BOOLEAN NOT NULL,
    "reason_en" TEXT,
    "reason_vi" TEXT,

    CONSTRAINT "series_rule_pkey" PRIMARY KEY ("series","measure")
);

-- CreateTable
CREATE TABLE "employer" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_en" TEXT,
    "name_search" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL,
    "sector" TEXT NOT NULL,
    "ownership" TEXT NOT NULL,
    "size_band" TEXT NOT NULL,
    "is_natural_person" BOOLEAN NOT NULL,
    "office_id" TEXT NOT NULL,
    "payment_cycle" TEXT NOT NULL,
    "liable_from" DATE NOT NULL,
    "registered_on" DATE,
    "closed_on" DATE,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "employer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "obligation" (
    "employer_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "time_period" TEXT NOT NULL,
    "period_start" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "workers" INTEGER NOT NULL,
    "contribution_base" BIGINT NOT NULL,
    "due_retirement" BIGINT NOT NULL,
    "due_sickness" BIGINT NOT NULL,
    "due_accident" BIGINT NOT NULL,
    "due_unemployment" BIGINT NOT NULL,
    "due_health" BIGINT NOT NULL,
    "paid_retirement" BIGINT NOT NULL,
    "paid_sickness" BIGINT NOT NULL,
    "paid_accident" BIGINT NOT NULL,
    "paid_unemployment" BIGINT NOT NULL,
    "paid_health" BIGINT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "obligation_pkey" PRIMARY KEY ("employer_id","time_period")
);

-- CreateTable
CREATE TABLE "payment" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "received_on" DATE NOT NULL,
    "amount" BIGINT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "debt_position" (
    "id" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "state_since" DATE,
    "legal_basis" TEXT,
    "amount" BIGINT NOT NULL,
    "months_late" INTEGER NOT NULL,
    "oldest_due_on" DATE,
    "workers_affected" INTEGER,
    "workers_band" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "debt_position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "debt_event" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "employer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "agency_id" TEXT NOT NULL,
    "participant_ids" TEXT[],
    "confirmed_at" TIMESTAMPTZ(3),
    "amount" BIGINT,
    "agreed_by" DATE,
    "kept" BOOLEAN,
    "note" TEXT,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,

    CONSTRAINT "debt_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "union_presence" (
    "employer_id" TEXT NOT NULL,
    "agency_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "ended_on" DATE,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "confirmed_by" TEXT,
    "source_id" TEXT NOT NULL,

    CONSTRAINT "union_presence_pkey" PRIMARY KEY ("employer_id","agency_id")
);

-- CreateTable
CREATE TABLE "statutory_list" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "time_period" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "debt_on" DATE NOT NULL,
    "paid_until" DATE NOT NULL,
    "prepared_by" TEXT NOT NULL,
    "approved_by" TEXT,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "statutory_list_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statutory_list_entry" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "province_id" TEXT,
    "list_id" TEXT NOT NULL,
    "unit_code" TEXT NOT NULL,
    "name_vi" TEXT NOT NULL,
    "name_search" TEXT NOT NULL DEFAULT '',
    "address" TEXT NOT NULL,
    "office_name_vi" TEXT NOT NULL,
    "office_name_en" TEXT NOT NULL,
    "listed_as" TEXT NOT NULL,
    "workers" INTEGER NOT NULL,
    "months_late" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "source_id" TEXT NOT NULL,
    "contributor_id" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "statutory_list_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "release_scheduled_at_idx" ON "release"("scheduled_at");

-- CreateIndex
CREATE INDEX "enrolment_movement_province_id_time_period_idx" ON "enrolment_movement"("province_id", "time_period");

-- CreateIndex
CREATE INDEX "enrolment_movement_period_start_id_idx" ON "enrolment_movement"("period_start" DESC, "id");

-- CreateIndex
CREATE UNIQUE INDEX "enrolment_movement_area_id_scheme_participant_group_time_pe_key" ON "enrolment_movement"("area_id", "scheme", "participant_group", "time_period");

-- CreateIndex
CREATE INDEX "partner_kind_idx" ON "partner"("kind");

-- CreateIndex
CREATE INDEX "coordination_insurer_id_idx" ON "coordination"("insurer_id");

-- CreateIndex
CREATE INDEX "coordination_partner_id_idx" ON "coordination"("partner_id");

-- CreateIndex
CREATE INDEX "coordination_party_agency_id_idx" ON "coordination_party"("agency_id");

-- CreateIndex
CREATE INDEX "coordination_term_due_on_idx" ON "coordination_term"("due_on");

-- CreateIndex
CREATE INDEX "agent_point_area_id_idx" ON "agent_point"("area_id");

-- CreateIndex
CREATE INDEX "agent_task_point_id_idx" ON "agent_task"("point_id");

-- CreateIndex
CREATE INDEX "agent_task_due_on_idx" ON "agent_task"("due_on");

-- CreateIndex
CREATE INDEX "organisation_fact_partner_id_idx" ON "organisation_fact"("partner_id");

-- CreateIndex
CREATE INDEX "campaign_province_id_starts_on_idx" ON "campaign"("province_id", "starts_on");

-- CreateIndex
CREATE INDEX "campaign_party_agency_id_idx" ON "campaign_party"("agency_id");

-- CreateIndex
CREATE INDEX "activity_campaign_id_idx" ON "activity"("campaign_id");

-- CreateIndex
CREATE INDEX "activity_planned_on_idx" ON "activity"("planned_on");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_cost_campaign_id_item_key" ON "campaign_cost"("campaign_id", "item");

-- CreateIndex
CREATE INDEX "campaign_output_area_id_series_period_start_idx" ON "campaign_output"("area_id", "series", "period_start");

-- CreateIndex
CREATE INDEX "campaign_output_activity_id_idx" ON "campaign_output"("activity_id");

-- CreateIndex
CREATE INDEX "campaign_output_campaign_id_idx" ON "campaign_output"("campaign_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_output_figure_id_contributor_id_audience_known_fro_key" ON "campaign_output"("figure_id", "contributor_id", "audience", "known_from");

-- CreateIndex
CREATE INDEX "employer_area_id_idx" ON "employer"("area_id");

-- CreateIndex
CREATE INDEX "employer_province_id_idx" ON "employer"("province_id");

-- CreateIndex
CREATE UNIQUE INDEX "employer_contributor_id_unit_code_key" ON "employer"("contributor_id", "unit_code");

-- CreateIndex
CREATE INDEX "obligation_province_id_due_on_idx" ON "obligation"("province_id", "due_on");

-- CreateIndex
CREATE INDEX "payment_employer_id_received_on_idx" ON "payment"("employer_id", "received_on");

-- CreateIndex
CREATE INDEX "debt_position_province_id_as_of_idx" ON "debt_position"("province_id", "as_of");

-- CreateIndex
CREATE UNIQUE INDEX "debt_position_employer_id_as_of_audience_key" ON "debt_position"("employer_id", "as_of", "audience");

-- CreateIndex
CREATE INDEX "debt_event_employer_id_occurred_on_idx" ON "debt_event"("employer_id", "occurred_on");

-- CreateIndex
CREATE INDEX "debt_event_agreed_by_idx" ON "debt_event"("agreed_by");

-- CreateIndex
CREATE INDEX "union_presence_agency_id_idx" ON "union_presence"("agency_id");

-- CreateIndex
CREATE UNIQUE INDEX "statutory_list_area_id_time_period_version_key" ON "statutory_list"("area_id", "time_period", "version");

-- CreateIndex
CREATE INDEX "statutory_list_entry_amount_idx" ON "statutory_list_entry"("amount");

-- CreateIndex
CREATE UNIQUE INDEX "statutory_list_entry_list_id_unit_code_key" ON "statutory_list_entry"("list_id", "unit_code");

-- CreateIndex
CREATE INDEX "observation_release_id_idx" ON "observation"("release_id");

-- AddForeignKey
ALTER TABLE "observation" ADD CONSTRAINT "observation_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment_movement" ADD CONSTRAINT "enrolment_movement_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment_movement" ADD CONSTRAINT "enrolment_movement_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partner" ADD CONSTRAINT "partner_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination" ADD CONSTRAINT "coordination_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination" ADD CONSTRAINT "coordination_insurer_id_fkey" FOREIGN KEY ("insurer_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination" ADD CONSTRAINT "coordination_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination" ADD CONSTRAINT "coordination_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "instrument"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination_instrument" ADD CONSTRAINT "coordination_instrument_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination_party" ADD CONSTRAINT "coordination_party_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "coordination_instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination_party" ADD CONSTRAINT "coordination_party_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordination_term" ADD CONSTRAINT "coordination_term_instrument_id_fkey" FOREIGN KEY ("instrument_id") REFERENCES "coordination_instrument"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_system" ADD CONSTRAINT "agent_system_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_system" ADD CONSTRAINT "agent_system_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_system" ADD CONSTRAINT "agent_system_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_point" ADD CONSTRAINT "agent_point_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_point" ADD CONSTRAINT "agent_point_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agent_task" ADD CONSTRAINT "agent_task_point_id_fkey" FOREIGN KEY ("point_id") REFERENCES "agent_point"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_fact" ADD CONSTRAINT "organisation_fact_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_fact" ADD CONSTRAINT "organisation_fact_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_fact" ADD CONSTRAINT "organisation_fact_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_party" ADD CONSTRAINT "campaign_party_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_party" ADD CONSTRAINT "campaign_party_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_cost" ADD CONSTRAINT "campaign_cost_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_output" ADD CONSTRAINT "campaign_output_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_output" ADD CONSTRAINT "campaign_output_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_output" ADD CONSTRAINT "campaign_output_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_output" ADD CONSTRAINT "campaign_output_activity_id_fkey" FOREIGN KEY ("activity_id") REFERENCES "activity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign_output" ADD CONSTRAINT "campaign_output_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audience" ADD CONSTRAINT "audience_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel_use" ADD CONSTRAINT "channel_use_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "employer" ADD CONSTRAINT "employer_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "employer" ADD CONSTRAINT "employer_office_id_fkey" FOREIGN KEY ("office_id") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "obligation" ADD CONSTRAINT "obligation_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment" ADD CONSTRAINT "payment_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "debt_position" ADD CONSTRAINT "debt_position_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "debt_event" ADD CONSTRAINT "debt_event_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "union_presence" ADD CONSTRAINT "union_presence_employer_id_fkey" FOREIGN KEY ("employer_id") REFERENCES "employer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statutory_list" ADD CONSTRAINT "statutory_list_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statutory_list_entry" ADD CONSTRAINT "statutory_list_entry_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "statutory_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
