alter table widgets add column weight numeric(10, 3) not null default 0;
create view heavy as select * from widgets where weight > 100;

---- create above / drop below ----

drop view heavy;
alter table widgets drop column weight;
