#!/bin/sh
# Prints the host of the primary that another node's Sentinel knows. Where none answers, it prints nothing, or the first node when it is
# called with "first": a cache that starts has no Sentinel yet.
for peer in $PEERS; do
  [ "$peer" != "$SELF" ] || continue
  found=$(REDISCLI_AUTH=$(cat "$SECRETS/_sentinel") timeout 3 valkey-cli --tls --cacert "$TLS/ca.crt" -h "$peer" -p "$SENTINEL_PORT" \
    SENTINEL get-master-addr-by-name primary 2> /dev/null | head -n 1)
  for known in $PEERS; do
    [ "$found" != "$known" ] || { echo "$found"; exit 0; }
  done
done
[ "${1:-}" != first ] || echo "${PEERS%% *}"
