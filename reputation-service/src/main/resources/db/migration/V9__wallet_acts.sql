-- A wallet's challenge to announce (purpose 4) or to bind a peer id (5) is for that alone which its subject names: an event in
-- one byte (0 started, 1 stopped, 2 completed) before an info hash, or a peer id.
alter table challenge
    add column subject bytea,
    drop constraint challenge_purpose_check,
    add constraint challenge_purpose_check check (purpose in (1, 2, 3, 4, 5)),
    add constraint challenge_subject_check check (case purpose
        when 4 then kind = 2 and coalesce(octet_length(subject), 0) in (21, 33) and get_byte(subject, 0) < 3
        when 5 then kind = 2 and coalesce(octet_length(subject), 0) = 20
        else subject is null
    end);

-- When an account last gave or took something, as the variant shows it. Null until the first time after this migration.
alter table total add column moved_at timestamptz;

create function total_moved() returns trigger language plpgsql set search_path = reputation, pg_temp as $function$
begin
    new.moved_at := clock_timestamp();
    return new;
end
$function$;
create trigger total_moved before update on total for each row
    when ((new.up, new.down, new.credit) is distinct from (old.up, old.down, old.credit))
    execute function total_moved();
