#!/bin/sh
# Before a node ends: when it is the primary, another node becomes it first.
as() {
  secret=$1
  shift
  REDISCLI_AUTH=$secret timeout 3 valkey-cli --tls --cacert "$TLS/ca.crt" "$@" 2> /dev/null
}
is_primary() { as "$(cat "$SECRETS/_health")" -h "$SELF" -p "$PORT" --user _health ROLE | head -n 1 | grep -q master; }

is_primary || exit 0
for peer in $PEERS; do
  [ "$peer" != "$SELF" ] || continue
  as "$(cat "$SECRETS/_sentinel")" -h "$peer" -p "$SENTINEL_PORT" SENTINEL FAILOVER primary | grep -q OK && break
done
for second in 1 2 3 4 5 6 7 8 9 10; do
  is_primary || break
  sleep 1
done
# HAProxy looks once a second.
sleep 2
