-- migrate:up transaction:false
create table comments (
  post_id integer not null references posts on delete cascade,
  body text not null,
  primary key (post_id, body)
);
insert into comments values (1, 'first; -- not a comment');

-- migrate:down transaction:false
drop table comments;
