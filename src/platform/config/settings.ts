import { inspect } from 'node:util';
import type { AuditKeySetting } from './audit-keys';
import type { MessagingSettings } from './messaging';

export type Environment = 'development' | 'test' | 'production';

/** An identity provider whose tokens are accepted; its public keys are read from `jwksUri`. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface SettingValues {
  readonly environment: Environment;
  readonly port: number;
  readonly host: string;
  /** Folder of the embedded PostgreSQL and of the development keys. */
  readonly dataDir: string;
  /** Folder of the key-encryption keys. Undefined outside production means: one in the data folder, made at the first start. */
  readonly fieldKeysDir: string | undefined;
  /** The login that answers. Undefined outside production means: run the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** The login that carries out commands and jobs. Outside production one login may be both. */
  readonly commandDatabaseUrl: string | undefined;
  /** Role that owns the schema; only migrations use it. */
  readonly migrationDatabaseUrl: string | undefined;
  readonly databasePoolSize: number;
  /** How long a request waits for a connection before it is told to come back, milliseconds. */
  readonly databaseWaitMs: number;
  /** How much of every rate budget holds in this process. */
  readonly rateLimitPercent: number;
  /** Host names that may be called beside those of the issuers. */
  readonly outboundHosts: readonly string[];
  /** CIDR ranges of the operator’s own network that outbound hosts may lead to. */
  readonly outboundPrivateRanges: readonly string[];
  /** Proxies, as addresses or CIDR ranges, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: LogLevel;
  readonly issuers: readonly TrustedIssuer[];
  /** Audience of tokens made in development, and of issuers that name none. */
  readonly audience: string | undefined;
  /** Keys of the audit trail, oldest first. Undefined outside production means: the key of the data folder. */
  readonly auditKeys: readonly AuditKeySetting[] | undefined;
  /** Where the hashes of sealed blocks of the audit trail are written, outside the database. */
  readonly auditAnchorFile: string | undefined;
  readonly hasWorker: boolean;
  readonly hasIntrospection: boolean;
  /** Web pages that may open a WebSocket, by origin. */
  readonly liveOrigins: readonly string[];
  /** WebSockets of one process. */
  readonly liveConnections: number;
  readonly messaging: MessagingSettings;
  /** Sign tokens with keys made on this machine at the first start. */
  readonly hasDevelopmentKeys: boolean;
  /** Load the sample region with its sample users into an empty database. */
  readonly hasSampleRegion: boolean;
}

/**
 * What the operator set, checked. The class is also the injection token: `constructor(private readonly settings: Settings)`.
 * Printed or serialised it shows no secret.
 */
export class Settings implements SettingValues {
  declare readonly environment: Environment;
  declare readonly port: number;
  declare readonly host: string;
  declare readonly dataDir: string;
  declare readonly fieldKeysDir: string | undefined;
  declare readonly databaseUrl: string | undefined;
  declare readonly commandDatabaseUrl: string | undefined;
  declare readonly migrationDatabaseUrl: string | undefined;
  declare readonly databasePoolSize: number;
  declare readonly databaseWaitMs: number;
  declare readonly rateLimitPercent: number;
  declare readonly trustedProxies: readonly string[];
  declare readonly outboundHosts: readonly string[];
  declare readonly outboundPrivateRanges: readonly string[];
  declare readonly logLevel: LogLevel;
  declare readonly issuers: readonly TrustedIssuer[];
  declare readonly audience: string | undefined;
  declare readonly auditKeys: readonly AuditKeySetting[] | undefined;
  declare readonly auditAnchorFile: string | undefined;
  declare readonly hasWorker: boolean;
  declare readonly hasIntrospection: boolean;
  declare readonly liveOrigins: readonly string[];
  declare readonly liveConnections: number;
  declare readonly messaging: MessagingSettings;
  declare readonly hasDevelopmentKeys: boolean;
  declare readonly hasSampleRegion: boolean;

  constructor(values: SettingValues) {
    Object.assign(this, values);
    Object.freeze(this);
  }

  get isProduction(): boolean {
    return this.environment === 'production';
  }

  /** Whom this process may call: the issuers, and the hosts that are listed. Outside production this machine may be an issuer. */
  get outbound(): { hosts: readonly string[]; privateRanges: readonly string[]; mayUseLoopback: boolean } {
    const issuers = this.issuers.map(({ jwksUri }) => new URL(jwksUri).hostname.replace(/^\[|\]$/g, ''));
    return {
      hosts: [...issuers, ...this.outboundHosts],
      privateRanges: this.outboundPrivateRanges,
      mayUseLoopback: !this.isProduction,
    };
  }

  /** A copy with some values replaced, for example the addresses of the embedded PostgreSQL once it runs. */
  with(changes: Partial<SettingValues>): Settings {
    return new Settings({ ...(this as SettingValues), ...changes });
  }

  toJSON(): Record<string, unknown> {
    const hide = (secret: unknown): string => (secret === undefined ? 'not set' : 'set');
    const { appUrl, hasOutbox, smtp, sms, push } = this.messaging;
    return {
      ...(this as SettingValues),
      messaging: { appUrl, hasOutbox, smtp: hide(smtp), sms: hide(sms), push: hide(push) },
      databaseUrl: hide(this.databaseUrl),
      commandDatabaseUrl: hide(this.commandDatabaseUrl),
      migrationDatabaseUrl: hide(this.migrationDatabaseUrl),
      auditKeys: hide(this.auditKeys),
    };
  }

  [inspect.custom](): unknown {
    return this.toJSON();
  }
}
