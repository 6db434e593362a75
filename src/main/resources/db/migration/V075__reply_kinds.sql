-- What a text that came in says, and the moment before which, by its words, no phone rings. Null for those of before: they
-- led to a call, and hold none back.
alter table sms_message add column kind text check (kind in
    ('OBJECTION', 'CALL', 'YES', 'TIME', 'WRONG_PERSON', 'AUTOMATIC', 'PICTURE', 'EMPTY', 'UNCLEAR'));
alter table sms_message add column not_before timestamptz;
alter table sms_message add column media integer not null default 0;
alter table sms_message add check (kind is null or direction = 'IN');
create index sms_message_named_time on sms_message (e164) where not_before is not null;
