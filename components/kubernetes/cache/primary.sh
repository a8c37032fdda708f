#!/bin/sh
# Prints the host of the primary: what the first Sentinel answers; before there is any, the first node.
for peer in $PEERS; do
  [ "$peer" != "$SELF" ] || continue
  found=$(REDISCLI_AUTH=$(cat "$SECRETS/_sentinel") timeout 3 valkey-cli --tls --cacert "$TLS/ca.crt" -h "$peer" -p "$SENTINEL_PORT" \
    SENTINEL get-master-addr-by-name primary 2> /dev/null | head -n 1)
  for known in $PEERS; do
    [ "$found" != "$known" ] || { echo "$found"; exit 0; }
  done
done
echo "${PEERS%% *}"
