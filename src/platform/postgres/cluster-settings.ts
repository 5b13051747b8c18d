export interface ClusterSettings {
  readonly port: number;
  /** Where PostgreSQL writes its log files; absolute. */
  readonly logFolder: string;
  readonly extra: Readonly<Record<string, string>>;
}

/** Nothing acknowledged is lost: these three stay on, whoever asks for speed. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** A small machine that serves money: few connections, rare checkpoints, no personal data in logs. */
const SMALL_MACHINE = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  password_encryption: 'scram-sha-256',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  jit: 'off',
  wal_level: 'replica',
  wal_buffers: '16MB',
  min_wal_size: '256MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  // The packaged programs are built without lz4 and zstd; `on` is PostgreSQL's own pglz.
  wal_compression: 'on',
  autovacuum_max_workers: '2',
  autovacuum_naptime: '20s',
  autovacuum_vacuum_cost_limit: '1000',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  logging_collector: 'on',
  log_filename: 'postgres-%Y%m%d-%H%M%S.log',
  log_file_mode: '0600',
  log_rotation_size: '16MB',
  log_rotation_age: '1d',
  log_line_prefix: '%m [%p] ',
  log_lock_waits: 'on',
  log_min_duration_statement: '2s',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The text of postgresql.conf, written anew at every start. */
export const clusterSettings = ({ port, logFolder, extra }: ClusterSettings): string => {
  const all = {
    ...SMALL_MACHINE,
    ...extra,
    ...DURABLE,
    port: String(port),
    log_directory: logFolder,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${quote(value)}`);
  return [
    '# Written at every start. Settings of your own go into local.conf beside this file.',
    ...lines,
    "include_if_exists = 'local.conf'",
    '',
  ].join('\n');
};

/** The text of pg_hba.conf: the password over loopback, and nothing else. */
export const ACCESS_RULES = [
  'host all all 127.0.0.1/32 scram-sha-256',
  'host replication all 127.0.0.1/32 scram-sha-256',
  '',
].join('\n');
