-- An earlier link stays good until its own date: a youth has one for each text.
alter table personal_link drop constraint personal_link_pkey;
alter table personal_link add primary key (token_hash);
alter table personal_link drop constraint personal_link_token_hash_key;
create index personal_link_by_place on personal_link (campaign_id, youth_id);
create index personal_link_by_youth on personal_link (youth_id);
