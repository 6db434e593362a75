-- What an outcome said before it was corrected: the ledger keeps both. The outcome itself says what holds now.
create table outcome_correction (
    id             bigint generated always as identity primary key,
    outcome_id     bigint      not null references outcome,
    at             timestamptz not null,
    account_id     bigint      not null references account,
    reason         text,
    kind           text        not null,
    solution       text,
    structure_kind text,
    agreed_by      text,
    callback_at    timestamptz,
    note           text
);
create index outcome_correction_by_outcome on outcome_correction (outcome_id);
create index outcome_correction_by_account on outcome_correction (account_id);
