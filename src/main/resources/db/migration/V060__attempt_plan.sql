-- The plan of attempts: numbers by name, what is missing has the product's default; and days on which nobody is called.
alter table campaign add column plan text not null default '{}';
alter table campaign add column blocked_days text not null default '';

-- When the list that brought the youth was loaded: fresh lists go first.
alter table campaign_youth add column listed_on date;
alter table campaign_youth add column if not exists withdrawn boolean not null default false;
