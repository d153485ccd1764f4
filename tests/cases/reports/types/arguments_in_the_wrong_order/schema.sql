CREATE TABLE issues (id bigint, published timestamptz);
