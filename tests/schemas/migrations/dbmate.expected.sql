create table posts (id integer generated always as identity primary key, title text not null);
create table comments (
  post_id integer not null references posts on delete cascade,
  body text not null,
  primary key (post_id, body)
);
