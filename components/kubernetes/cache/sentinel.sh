#!/bin/sh
# Starts the Sentinel of a node. Its state is made anew: it asks the others who the primary is, and they find each other through it.
set -eu
umask 077
conf=$RUN/sentinel.conf
quorum=$(($(echo "$PEERS" | wc -w) / 2 + 1))
{
  echo "bind $BIND"
  echo "port 0"
  echo "tls-port $SENTINEL_PORT"
  echo "tls-cert-file $TLS/tls.crt"
  echo "tls-key-file $TLS/tls.key"
  echo "tls-ca-cert-file $TLS/ca.crt"
  echo "tls-auth-clients no"
  echo "tls-replication yes"
  echo "dir $RUN"
  echo "requirepass $(cat "$SECRETS/_sentinel")"
  echo "sentinel sentinel-pass $(cat "$SECRETS/_sentinel")"
  echo "sentinel resolve-hostnames yes"
  echo "sentinel announce-hostnames yes"
  echo "sentinel announce-ip $SELF"
  echo "sentinel announce-port $SENTINEL_PORT"
  # The same after each start: the others would count a new one as one more.
  echo "sentinel myid $(printf %s "$SELF" | sha1sum | cut -c 1-40)"
  echo "sentinel monitor primary $(sh "$CONFIG/primary.sh" first) $PORT $quorum"
  echo "sentinel auth-user primary _sentinel"
  echo "sentinel auth-pass primary $(cat "$SECRETS/_sentinel")"
  echo "sentinel down-after-milliseconds primary 5000"
  # When the Sentinels do not agree at once, they try again after twice this.
  echo "sentinel failover-timeout primary 10000"
  echo "sentinel parallel-syncs primary 1"
} > "$conf"

# A Sentinel reads its certificate when it starts only. It ends when that is renewed, and the kubelet starts it again.
valkey-server "$conf" --sentinel &
server=$!
trap 'kill $server 2> /dev/null' TERM INT
known=$(sha256sum "$TLS/tls.crt")
while kill -0 $server 2> /dev/null; do
  sleep 5 &
  wait $! || true
  [ "$(sha256sum "$TLS/tls.crt")" = "$known" ] || kill $server
done
