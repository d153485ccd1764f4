-- name: Now :one
SELECT SYSDATE AS now FROM dual;
