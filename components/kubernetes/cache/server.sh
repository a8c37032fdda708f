#!/bin/sh
# Starts a node of the cache: as the primary that the Sentinels know, or as its replica.
set -eu
umask 077
conf=$RUN/server.conf
cat "$CONFIG/valkey.conf" > "$conf"
{
  echo "replica-announce-ip $SELF"
  echo "masteruser _replica"
  echo "masterauth $REPLICA_PASSWORD"
} >> "$conf"
primary=$(sh "$CONFIG/primary.sh")
[ "$primary" = "$SELF" ] || echo "replicaof $primary $PORT" >> "$conf"

# Valkey reads certificates when it starts, and when a setting names them again.
(
  known=$(sha256sum "$TLS/tls.crt")
  while sleep "${RELOAD_SECONDS:-3600}"; do
    new=$(sha256sum "$TLS/tls.crt")
    [ "$new" != "$known" ] || continue
    REDISCLI_AUTH=$RELOAD_PASSWORD valkey-cli --tls --cacert "$TLS/ca.crt" -h "$SELF" -p "$PORT" --user _reload \
      CONFIG SET tls-cert-file "$TLS/tls.crt" tls-key-file "$TLS/tls.key" && known=$new
  done
) > /dev/null 2>&1 &
exec valkey-server "$conf"
