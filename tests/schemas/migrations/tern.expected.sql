create table widgets (id serial primary key, name text not null, weight numeric(10, 3) not null default 0);
create view heavy as select id, name, weight from widgets where weight > 100;
