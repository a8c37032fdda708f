// Settings of the server that both databases have. Pure.

/** A parameter of a parameter group. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/**
 * TLS only. The log has connections, disconnections, changes of the schema and waits for locks. Other statements
 * are not logged, because their values are the users' data.
 */
export const PARAMETERS: readonly Parameter[] = [
  { name: "rds.force_ssl", value: "1" },
  { name: "log_connections", value: "1" },
  { name: "log_disconnections", value: "1" },
  { name: "log_lock_waits", value: "1" },
  { name: "log_statement", value: "ddl" },
];

/** Authority of the server's certificate: RSA 2048, valid until 2061; RDS renews the certificates by itself. */
export const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";
/** TCP port of PostgreSQL. */
export const PORT = 5432;
/** Seconds between two samples of enhanced monitoring. */
export const MONITORING_INTERVAL = 60;
/** Days that query load is kept: what is free of charge. */
export const PERFORMANCE_INSIGHTS_DAYS = 7;
