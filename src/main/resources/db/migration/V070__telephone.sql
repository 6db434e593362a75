-- A telephone has a row of its own as soon as there is something to say about it, whoever is listed under it, now or later.
-- It is found by a keyed hash (HMAC-SHA256): a no holds when nobody is listed under the number any more, without the number.
create table telephone_key (
    inner_pad bytea not null,
    outer_pad bytea not null
);
create unique index telephone_key_is_one on telephone_key ((true));
with key as (
    select decode(replace(cast(gen_random_uuid() as text) || cast(gen_random_uuid() as text), '-', ''), 'hex')
           || decode(repeat('00', 32), 'hex') as block)
insert into telephone_key (inner_pad, outer_pad)
select decode(string_agg(lpad(to_hex(get_byte(k.block, i) # 54), 2, '0'), '' order by i), 'hex'),
       decode(string_agg(lpad(to_hex(get_byte(k.block, i) # 92), 2, '0'), '' order by i), 'hex')
  from key k, generate_series(0, 63) i;

-- It rests while its state is not USABLE, until a moment, or, without one, until somebody decides. Who is listed under it
-- after phone_number known_to rests with it until somebody decides, whatever the moment.
create table telephone (
    mark       bytea       primary key,
    e164       text        check (e164 ~ '^\+[1-9][0-9]{6,14}$'),
    state      text        not null check (state in ('USABLE', 'RESTING', 'WRONG', 'OBJECTED', 'DEAD')),
    until      timestamptz,
    reason     text        not null,
    since      timestamptz not null,
    said_by    bigint      references account,
    words      text,
    known_to   bigint,
    decided_at timestamptz,
    decided_by bigint      references account,
    decision   text,
    check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (decision is null))
);
create index telephone_by_e164 on telephone (e164);
create index telephone_by_speaker on telephone (said_by);
create index telephone_by_decider on telephone (decided_by);
create index telephone_to_decide on telephone (since) where state <> 'USABLE' and (until is null or known_to is not null);
