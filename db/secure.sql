-- Walls every table: the application's role gets the least it needs, and sees only the orgs of its
-- transaction. A table's comment says what it is: 'append-only' has no UPDATE and no DELETE for anyone
-- but the owner; 'reference' belongs to no org and is readable by all;
-- The wall compares org_id + 0: as an index condition the set of orgs would be sorted anew for every row
-- that a batch looks up; the statements' own org_id is the index condition.
-- 'swept' may be read over all orgs by the sweeper, which looks for due work and changes nothing.
do $$
declare t record;
begin
  for t in
    select n.nspname as schema_name, c.relname as table_name, coalesce(obj_description(c.oid, 'pg_class'), '') as note,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped) as has_org
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p')
      and n.nspname in ('platform','ledger','access','merchants','partners','members','catalog','offers','rewards','coupons','payments','insights')
      and not (n.nspname = 'platform' and c.relname = 'migration')
  loop
    execute format('grant usage on schema %I to tillback_app', t.schema_name);
    execute format('revoke all on %I.%I from tillback_app', t.schema_name, t.table_name);
    if t.note like 'append-only%' then
      execute format('grant select, insert on %I.%I to tillback_app', t.schema_name, t.table_name);
    else
      execute format('grant select, insert, update, delete on %I.%I to tillback_app', t.schema_name, t.table_name);
    end if;
    if t.has_org and t.note not like 'reference%' then
      execute format('alter table %I.%I enable row level security', t.schema_name, t.table_name);
      execute format('alter table %I.%I force row level security', t.schema_name, t.table_name);
      execute format('drop policy if exists org_wall on %I.%I', t.schema_name, t.table_name);
      execute format('create policy org_wall on %I.%I to tillback_app using ((org_id + 0) = any ((select string_to_array(current_setting(''app.orgs'', true), '','')::bigint[])::bigint[]))',
        t.schema_name, t.table_name);
    end if;
    if t.note like '%swept%' then
      execute format('grant usage on schema %I to tillback_sweep', t.schema_name);
      execute format('grant select on %I.%I to tillback_sweep', t.schema_name, t.table_name);
      execute format('drop policy if exists sweep on %I.%I', t.schema_name, t.table_name);
      execute format('create policy sweep on %I.%I for select to tillback_sweep using (true)', t.schema_name, t.table_name);
    end if;
  end loop;
end $$;
do $$
declare s text;
begin
  foreach s in array array['platform','ledger','access','merchants','partners','members','catalog','offers','rewards','coupons','payments','insights'] loop
    if exists (select from pg_namespace where nspname = s) then
      execute format('grant usage on schema %I to tillback_app', s);
      execute format('grant execute on all functions in schema %I to tillback_app', s);
    end if;
  end loop;
end $$;
-- Views are read with the reader's own rights (security_invoker), so the walls stand behind them.
do $$
declare v record;
begin
  for v in
    select n.nspname as schema_name, c.relname as view_name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'v' and c.reloptions @> array['security_invoker=true']
      and n.nspname in ('platform','ledger','merchants','partners','members','catalog','offers','rewards','coupons','payments','insights')
  loop
    execute format('grant select on %I.%I to tillback_app', v.schema_name, v.view_name);
  end loop;
end $$;
grant select on platform.migration to tillback_app;
-- The job queue's schema is the library's: its tables know no org. Names of jobs and ids stand in them, never money.
do $$
begin
  if exists (select from pg_namespace where nspname = 'pgboss') then
    grant usage on schema pgboss to tillback_app;
    grant select, insert, update, delete on all tables in schema pgboss to tillback_app;
    grant execute on all functions in schema pgboss to tillback_app;
  end if;
end $$;
