#!/bin/sh
# Run by PostgreSQL's image once, when the volume is empty: the application's account owns its
# database and may do nothing else. Afterwards the server's own account has no password, so it
# is reached from inside the container only.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" \
    --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
CREATE ROLE congress LOGIN PASSWORD :'password'
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE congress OWNER congress;
REVOKE CONNECT ON DATABASE congress FROM PUBLIC;
ALTER ROLE current_user PASSWORD NULL;
SQL
