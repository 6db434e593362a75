-- How a campaign ends for whoever was neither settled nor unreachable: each end has a name of its own.
alter table campaign_youth drop constraint campaign_youth_state_check;
alter table campaign_youth add constraint campaign_youth_state_check check (state in
    ('TO_CALL', 'IN_CALL', 'CALLBACK', 'IN_SOLUTION', 'REFERRED', 'NO_REFERRAL', 'REFUSED', 'OBJECTED',
     'UNDER_16', 'WRONG_NUMBER', 'FOREIGN_NUMBER', 'UNREACHABLE', 'WITHDRAWN', 'ALREADY_FOLLOWED',
     'PROMISED', 'INTERRUPTED', 'REACHED', 'NEVER_CALLED'));

-- Whom somebody took care of, of the lists that a closed campaign leaves to its supervisor.
create table end_seen (
    campaign_id bigint      not null,
    youth_id    bigint      not null,
    state       text        not null,
    at          timestamptz not null,
    account_id  bigint      not null references account,
    note        text,
    primary key (campaign_id, youth_id, state),
    foreign key (campaign_id, youth_id) references campaign_youth on delete cascade
);
create index end_seen_by_account on end_seen (account_id);
