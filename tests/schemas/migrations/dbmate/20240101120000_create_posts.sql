-- migrate:up
create table posts (
  id integer generated always as identity primary key,
  title text not null
);

-- migrate:down
drop table posts;
