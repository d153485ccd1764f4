SELECT a.b.C."D";
SELECT t.*;
SELECT a.b[1].c[2:][:3].*;
SELECT (a).b;
SELECT (SELECT b).*;
SELECT $1.f[2];
SELECT (f(x)).y;
SELECT (a.b)[1];
