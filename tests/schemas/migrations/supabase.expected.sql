create table profiles (id uuid primary key, username text unique, constraint username_length check (char_length(username) >= 3));
alter table profiles enable row level security;
create policy "Public profiles are viewable by everyone." on profiles for select using (true);
create policy "Users can insert their own profile." on profiles for insert with check (true);
create function handle_new_user() returns trigger as 'begin return new; end' language plpgsql;
comment on function handle_new_user() is 'called by the sign-up trigger';
