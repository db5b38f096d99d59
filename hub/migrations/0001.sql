-- The segment store. What is in it was signed on laptops; the server keeps it and proves nothing.
-- A fork cannot be stored: one segment follows another once (primary key), and only one that is here
-- (foreign key). Nobody but the owner may change or remove a row.

create schema porchlight;

create table porchlight.migration (
  number integer primary key,
  applied timestamptz not null default now()
);

-- which login sees which agency's rows, and for which it may add some
create table porchlight.access (
  login name not null,
  agency text collate "C" not null check (agency ~ '^a[0-9a-f]{12}$'),
  publishes boolean not null,
  primary key (login, agency)
);

create table porchlight.roster (
  agency text collate "C" not null check (agency ~ '^a[0-9a-f]{12}$'),
  version integer not null check (version > 0),
  raw bytea not null check (octet_length(raw) <= 1048576),
  arrived timestamptz not null default now(),
  primary key (agency, version)
);

create table porchlight.segment (
  agency text collate "C" not null check (agency ~ '^a[0-9a-f]{12}$'),
  device text collate "C" not null check (device ~ '^d[0-9a-f]{12}$'),
  first integer not null check (first between 1 and 99999999),
  last integer not null check (last between first and first + 4999),
  prev bytea not null check (octet_length(prev) = 32),
  chain bytea not null check (octet_length(chain) = 32),
  before integer not null generated always as (first - 1) stored,
  follows bytea generated always as (nullif(prev, decode(repeat('00', 32), 'hex'))) stored,
  arrived timestamptz not null default now(),
  primary key (agency, device, prev),
  unique (agency, device, last, chain),
  check ((first = 1) = (follows is null)),
  foreign key (agency, device, before, follows) references porchlight.segment (agency, device, last, chain)
);

-- the file of a segment; one more when a street was taken out of it (`bare`: of how many places)
create table porchlight.body (
  agency text collate "C" not null,
  device text collate "C" not null,
  prev bytea not null,
  bare integer not null check (bare between 0 and 5000),
  seal bytea not null check (octet_length(seal) = 32),
  raw bytea not null check (octet_length(raw) <= 20971520),
  primary key (agency, device, prev, bare),
  foreign key (agency, device, prev) references porchlight.segment
);
create index body_bare on porchlight.body (agency) where bare > 0;
alter table porchlight.body alter column raw set storage external;  -- it is compressed already

-- groups of logins; a cluster that has another hub has them already
do $$
begin
  if to_regrole('porchlight_publisher') is null then create role porchlight_publisher nologin; end if;
  if to_regrole('porchlight_reader') is null then create role porchlight_reader nologin; end if;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to porchlight_publisher, porchlight_reader', current_database());
end
$$;

grant usage on schema porchlight to porchlight_publisher, porchlight_reader;
grant select on porchlight.migration, porchlight.access, porchlight.segment, porchlight.roster
  to porchlight_publisher, porchlight_reader;
grant insert on porchlight.segment, porchlight.body, porchlight.roster to porchlight_publisher;
grant select (agency, device, prev, bare, seal) on porchlight.body to porchlight_publisher;
grant select on porchlight.body to porchlight_reader;

alter table porchlight.access enable row level security;
alter table porchlight.roster enable row level security;
alter table porchlight.segment enable row level security;
alter table porchlight.body enable row level security;

create policy own on porchlight.access for select using (login = current_user);

do $$
declare
  mine constant text := 'exists (select from porchlight.access a where a.login = current_user and a.agency = %I.agency';
  name text;
begin
  foreach name in array array['roster', 'segment', 'body'] loop
    execute format('create policy reads on porchlight.%I for select using (' || mine || '))', name, name);
    execute format('create policy adds on porchlight.%I for insert with check (' || mine || ' and a.publishes))',
                   name, name);
  end loop;
end
$$;
