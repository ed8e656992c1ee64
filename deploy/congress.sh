#!/bin/sh
# The commands of the application with the settings and the rights of its service:
#   install -m 755 deploy/congress.sh /usr/local/bin/congress
#   congress accounts create quantri --role admin --unit VN
set -eu
set -a
. /etc/congress/environment
set +a
umask 077
export INSTANCE_PATH=/var/lib/congress PYTHONPATH=/opt/congress
exec setpriv --reuid=congress --regid=congress --init-groups \
    /opt/congress/.venv/bin/flask --app congress_app "$@"
