-- What of a campaign was changed by whom. Empty words stand for what is too much to be shown, such as a whole plan.
create table campaign_change (
    id          bigint generated always as identity primary key,
    campaign_id bigint      not null references campaign on delete cascade,
    account_id  bigint      not null references account,
    changed_at  timestamptz not null,
    part        text        not null,
    was         text        not null,
    became      text        not null
);
create index campaign_change_of_campaign on campaign_change (campaign_id, id desc);

-- A draft is deleted with the numbers that it would have shown.
alter table campaign_number
    drop constraint campaign_number_campaign_id_fkey,
    add constraint campaign_number_campaign_id_fkey foreign key (campaign_id) references campaign on delete cascade;
