create function public.handle_new_user() returns trigger set search_path = '' as $$
begin
  insert into public.profiles (id) values (new.id);
  return new;
end;
$$ language plpgsql security definer;
comment on function public.handle_new_user() is 'called by the sign-up trigger';
