create table widgets (
  id serial primary key,
  name text not null
);

---- create above / drop below ----

drop table widgets;
