#!/bin/sh
# Makes roles, schemas and grants (db/bootstrap.sql) with the passwords of the services' secret folders.
#   bootstrap.sh SECRETS BOOTSTRAP
# PGHOST, PGUSER and PGPASSWORD or PGPASSFILE say where and who. Running it again changes nothing but passwords.
set -eu
secrets=$1 bootstrap=$2

password() {
    value=$(cat "$secrets/$1-service/pbts.db.$2-password")
    case $value in
        '' | *[!0-9A-Za-z]*)
            echo "the $2 password of $1 has other characters than letters and digits, or none" >&2
            exit 1
            ;;
    esac
    printf '%s' "$value"
}

# Terse, so that a failure inside cannot print a password with its context into the server's log.
options="-c log_error_verbosity=terse -c log_min_error_statement=panic"
for service in announce receipt reputation contract; do
    owner=$(password "$service" owner)
    app=$(password "$service" app)
    options="$options -c pbts.${service}_owner_password=$owner -c pbts.${service}_app_password=$app"
done
PGOPTIONS=$options psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --dbname pbts --file "$bootstrap"
