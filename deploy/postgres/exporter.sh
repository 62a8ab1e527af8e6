#!/bin/sh
# Makes the role that the exporter looks with: it may read, and write nothing. Run once, when the database is made.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set password="$(cat /run/secrets/exporter_password)" <<'SQL'
CREATE ROLE exporter LOGIN PASSWORD :'password';
ALTER ROLE exporter SET default_transaction_read_only = on;
ALTER ROLE exporter SET statement_timeout = '5s';
GRANT pg_monitor TO exporter;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO exporter;
SQL
