// The configuration of the nodes and of HAProxy. Pure.

/** TCP port of Valkey and of HAProxy, over TLS. */
export const PORT = 6379;
export const SENTINEL_PORT = 26_379;
/** TCP port on which HAProxy says that it runs. */
export const HEALTH_PORT = 8404;

/** Folders of the containers. */
export const FOLDERS = {
  config: "/etc/archipelago/cache",
  users: "/etc/archipelago/users",
  secrets: "/etc/archipelago/secrets",
  tls: "/etc/archipelago/tls",
  run: "/run/cache",
  data: "/data",
} as const;
export type Folders = Readonly<Record<keyof typeof FOLDERS, string>>;

/** Settings of a node: https://valkey.io/topics/valkey.conf/ */
export function serverConfig(
  { memory, nodes }: { readonly memory: number; readonly nodes: number },
  { users, tls, data }: Folders = FOLDERS,
  { bind, port }: { readonly bind: string; readonly port: number } = { bind: "*", port: PORT },
): string {
  const lines = [
    `bind ${bind}`,
    "port 0",
    `tls-port ${port}`,
    `tls-cert-file ${tls}/tls.crt`,
    `tls-key-file ${tls}/tls.key`,
    `tls-ca-cert-file ${tls}/ca.crt`,
    "tls-auth-clients no",
    "tls-replication yes",
    `aclfile ${users}/users.acl`,
    `dir ${data}`,
    "appendonly yes",
    "appendfsync everysec",
    // A snapshot and a rewritten log take memory beside the entries.
    `maxmemory ${Math.floor((memory * 3) / 5)}mb`,
    "maxmemory-policy volatile-lru",
    // A primary that no replica follows may be one that the others have replaced: it takes no writes that would be lost.
    ...(nodes > 1 ? ["min-replicas-to-write 1", "min-replicas-max-lag 10"] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * HAProxy checks the role of each node and forwards connections to the primary. It passes TLS through to the node, whose certificate has
 * the name of the cache. https://docs.haproxy.org/3.2/configuration.html
 */
export function routeConfig(
  servers: readonly string[],
  tls: string = FOLDERS.tls,
  { bind, port, nodePort, healthPort } = { bind: "*", port: PORT, nodePort: PORT, healthPort: HEALTH_PORT },
): string {
  const lines = [
    "global",
    "  log stdout format raw local0 notice",
    "  maxconn 4000",
    "defaults",
    "  mode tcp",
    "  log global",
    "  timeout connect 4s",
    "  timeout check 3s",
    // A connection of a pool is idle for long; both sides send keep-alive packets.
    "  timeout client 24h",
    "  timeout server 24h",
    "  option clitcpka",
    "  option srvtcpka",
    "resolvers cluster",
    "  parse-resolv-conf",
    "  hold valid 5s",
    "frontend health",
    `  bind ${bind}:${healthPort}`,
    "  mode http",
    "  timeout client 5s",
    "  http-request return status 200",
    "frontend primary",
    `  bind ${bind}:${port}`,
    "  default_backend primary",
    "backend primary",
    "  balance first",
    "  option tcp-check",
    '  tcp-check send "AUTH _health ${HEALTH_PASSWORD}\\r\\n"',
    "  tcp-check expect string +OK",
    '  tcp-check send "ROLE\\r\\n"',
    // With a replica at least: one that the others have replaced has none, and takes no writes.
    '  tcp-check expect rstring "master[^*]*[*][1-9]"',
    `  default-server check check-ssl verify required ca-file ${tls}/ca.crt inter 1s fall 2 rise 1 on-marked-down shutdown-sessions resolvers cluster init-addr last,libc,none`,
    ...servers.map((host, index) => `  server node-${index} ${host}:${nodePort} check-sni ${host} verifyhost ${host}`),
  ];
  return `${lines.join("\n")}\n`;
}
