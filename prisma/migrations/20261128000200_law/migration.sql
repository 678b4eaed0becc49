-- What the law says in numbers and rules, by the days on which it is in force; and the fines.

CREATE TABLE "legal_parameter" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "value" TEXT,
    "unit" TEXT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "instrument" TEXT NOT NULL,
    "article" TEXT,
    "reliability" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "legal_parameter_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "legal_fine" (
    "id" TEXT NOT NULL,
    "instrument" TEXT NOT NULL,
    "article" TEXT NOT NULL,
    "violation" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "headcount_min" INTEGER,
    "headcount_max" INTEGER,
    "fine_min" BIGINT,
    "fine_max" BIGINT,
    "percent_min" TEXT,
    "percent_max" TEXT,
    "valid_from" DATE,
    "reliability" TEXT NOT NULL,

    CONSTRAINT "legal_fine_pkey" PRIMARY KEY ("id")
);

-- Only an open question may have no answer.
alter table legal_parameter
  add constraint legal_parameter_reliability check (reliability in ('TEXT', 'OCR', 'SECONDARY', 'OPEN')),
  add constraint legal_parameter_value check (value is not null or reliability = 'OPEN'),
  add constraint legal_parameter_days check (valid_from <= valid_to);

alter table legal_fine
  add constraint legal_fine_reliability check (reliability in ('TEXT', 'OCR', 'SECONDARY')),
  add constraint legal_fine_basis check (basis in ('HEADCOUNT', 'PERCENT_OF_AMOUNT', 'AMOUNT')),
  add constraint legal_fine_heads check ((basis = 'HEADCOUNT') = (headcount_min is not null)
    and headcount_min <= headcount_max),
  add constraint legal_fine_percents check ((basis = 'PERCENT_OF_AMOUNT') = (percent_min is not null)
    and (percent_min is null) = (percent_max is null)
    and percent_min ~ '^\d{1,3}(\.\d{1,4})?$' and percent_max ~ '^\d{1,3}(\.\d{1,4})?$'),
  add constraint legal_fine_range check (0 <= fine_min and fine_min <= fine_max);

-- The law is public: reference data, like the code lists.
alter table legal_parameter enable row level security;
grant select on legal_parameter to lienthong_gateway;
create policy read on legal_parameter for select to lienthong_gateway using ((select scope_any()));

alter table legal_fine enable row level security;
grant select on legal_fine to lienthong_gateway;
create policy read on legal_fine for select to lienthong_gateway using ((select scope_any()));
