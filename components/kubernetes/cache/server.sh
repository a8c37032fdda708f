#!/bin/sh
# Starts a node of the cache: as the primary that the Sentinels know, or as its replica.
set -eu
umask 077
conf=$RUN/server.conf
cat "$CONFIG/valkey.conf" > "$conf"
{
  echo "replica-announce-ip $SELF"
  echo "masteruser _replica"
  echo "masterauth $(cat "$SECRETS/_replica")"
} >> "$conf"
primary=$(sh "$CONFIG/primary.sh" first)
[ "$primary" = "$SELF" ] || echo "replicaof $primary $PORT" >> "$conf"

as() {
  secret=$1
  shift
  REDISCLI_AUTH=$secret timeout 3 valkey-cli --tls --cacert "$TLS/ca.crt" -h "$SELF" -p "$PORT" "$@"
}

# Whether this node follows a host that is not the primary: Sentinels look for replicas every ten seconds, and do not lead one that they have
# not seen yet.
is_astray() {
  role=$(as "$(cat "$SECRETS/_health")" --user _health ROLE)
  [ "$(echo "$role" | sed -n 1p)" = slave ] || return 1
  [ "$(echo "$role" | sed -n 4p)" != connected ] || return 1
  known=$(sh "$CONFIG/primary.sh")
  [ -n "$known" ] && [ "$(echo "$role" | sed -n 2p)" != "$known" ]
}

# Beside the server: it loads a renewed certificate, and ends a server that is astray, which the kubelet starts again.
(
  certificate=$(sha256sum "$TLS/tls.crt")
  misses=0
  while sleep "${WATCH_SECONDS:-10}"; do
    new=$(sha256sum "$TLS/tls.crt")
    if [ "$new" != "$certificate" ]; then
      as "$(cat "$SECRETS/_reload")" --user _reload CONFIG SET tls-cert-file "$TLS/tls.crt" tls-key-file "$TLS/tls.key" && certificate=$new
    fi
    if is_astray; then misses=$((misses + 1)); else misses=0; fi
    [ $misses -lt 3 ] || { kill $$; exit 0; }
  done
) > /dev/null 2>&1 &
exec valkey-server "$conf"
