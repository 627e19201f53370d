#!/bin/sh
# Makes the start-up cache (JEP 483, 515) of an extracted service: it starts once, against a throw-away database, and is
# stopped by Spring as soon as its beans exist, before it listens or schedules anything. Runs in the image's build, not as root.
#   train.sh SERVICE FOLDER CACHE SECRETS BOOTSTRAP
# FOLDER holds service.jar and lib/; SECRETS a folder per service; java, initdb, pg_ctl and postgres are on the PATH.
set -eu
service=$1 folder=$2 cache=$3 secrets=$4 bootstrap=$5
port=${PBTS_TRAINING_PORT:-54329}
work=$(mktemp -d)
data=$work/data

stop() {
    if [ -f "$data/postmaster.pid" ]; then
        pg_ctl -D "$data" -m immediate -w stop >/dev/null
    fi
    rm -rf "$work"
}
trap stop EXIT

secret() {
    cat "$secrets/$1-service/$2"
}

# Single-user mode: nobody else can reach the database while it is made.
database() {
    initdb -D "$data" -U postgres --auth=trust --encoding=UTF8 --locale=C >"$work/initdb.log"
    echo 'create database pbts' | postgres --single -D "$data" postgres >"$work/create.log"
    set --
    for owner in announce receipt reputation contract; do
        set -- "$@" -c "pbts.${owner}_owner_password=$(secret $owner pbts.db.owner-password)" \
            -c "pbts.${owner}_app_password=$(secret $owner pbts.db.app-password)"
    done
    postgres --single -j -D "$data" "$@" pbts <"$bootstrap" >"$work/bootstrap.log"
    pg_ctl -D "$data" -w -l "$work/server.log" \
        -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=''" start >/dev/null
}

if [ "$service" != gateway-service ]; then
    database
fi

export SPRING_PROFILES_ACTIVE=production PBTS_SECRETS_DIR="$secrets/$service"
export PBTS_DB_URL="jdbc:postgresql://127.0.0.1:$port/pbts"
export PBTS_REPUTATION_URL=http://127.0.0.1:9 PBTS_ANNOUNCE_URL=http://127.0.0.1:9 PBTS_ANNOUNCE_TRACKER_URL=http://127.0.0.1:9
export PBTS_RECEIPT_URL=http://127.0.0.1:9 PBTS_CONTRACT_URL=http://127.0.0.1:9 PBTS_RPC_URL=http://127.0.0.1:9 PBTS_CHAIN_ID=31337

# The flags of the image's own start: a cache made with others is not taken.
run() {
    java -XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED "$@" -jar "$folder/service.jar"
}

run -XX:AOTMode=record -XX:AOTConfiguration="$work/recording" -Dspring.context.exit=onRefresh
run -XX:AOTMode=create -XX:AOTConfiguration="$work/recording" -XX:AOTCache="$cache"
