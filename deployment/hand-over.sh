#!/bin/sh
# Makes what is missing of a Compose installation's secrets, or with arguments rotates one of them (rotate STEP KEY), and gives
# each folder to who reads it: the services (10001), Postgres (999).
set -eu
umask 077
if [ $# -eq 0 ]; then
    set -- secrets --dev-chain
fi
java -XX:+UseSerialGC -jar /opt/local-stack/local-stack.jar "$@" /secrets
chown -R 10001:10001 /secrets/*-service
chown 999:999 /secrets/postgres
chmod 711 /secrets
