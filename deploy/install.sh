#!/bin/sh
# Puts a machine with systemd, nginx and PostgreSQL in order for the program in /opt/congress:
# user, folders, database, passphrase, units, proxy.  Run again after every upgrade: what is
# there already stays, settings above all.  Root only; docs/production.md has the steps around it.
set -eu
here=/opt/congress/deploy
cd "$here"

id congress >/dev/null 2>&1 || useradd --system --home-dir /var/lib/congress congress
install -d -m 700 /etc/congress /etc/nginx/tls
install -d -m 700 -o congress -g congress /var/backups/congress

if [ ! -e /etc/congress/environment ]; then
    install -m 600 example.environment /etc/congress/environment
    cd / # where the user postgres may be
    runuser -u postgres -- psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = 'congress'" | grep -q 1 ||
        runuser -u postgres -- createuser congress
    runuser -u postgres -- psql -qtAc "SELECT 1 FROM pg_database WHERE datname = 'congress'" | grep -q 1 ||
        runuser -u postgres -- createdb --owner congress --encoding UTF8 --locale C.UTF-8 --template template0 congress
    cd "$here"
fi
# What PostgreSQL writes down of a refused row is not the row: no DETAIL, no CONTEXT.
if (cd / && runuser -u postgres -- psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = 'congress'") 2>/dev/null | grep -q 1; then
    (cd / && runuser -u postgres -- psql -qc "ALTER ROLE congress SET log_error_verbosity = 'terse'")
fi
if [ ! -e /etc/congress/backup-passphrase ]; then
    (umask 077 && head -c 24 /dev/urandom | base64 > /etc/congress/backup-passphrase)
fi

# The service may not write beside the program; without these every start takes seconds longer.
(cd .. && .venv/bin/python -m compileall -q config.py congress_app tools)
install -m 755 congress.sh /usr/local/bin/congress
install -m 644 congress.service congress-backup.service congress-backup.timer \
    congress-verify.service congress-verify.timer /etc/systemd/system/
systemctl daemon-reload

install -d /etc/nginx/congress/proxy
install -m 644 proxy/* /etc/nginx/congress/proxy/
rm -f /etc/nginx/sites-enabled/default
sed 's/server app:8000;/server 127.0.0.1:8000;/' nginx.conf > /etc/congress/nginx.conf.new
if [ ! -e /etc/nginx/conf.d/congress.conf ]; then
    mv /etc/congress/nginx.conf.new /etc/nginx/conf.d/congress.conf
elif cmp -s /etc/congress/nginx.conf.new /etc/nginx/conf.d/congress.conf; then
    rm /etc/congress/nginx.conf.new
else
    echo "/etc/nginx/conf.d/congress.conf is not as shipped: compare it with /etc/congress/nginx.conf.new" >&2
fi
