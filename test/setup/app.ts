import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import type { Actor } from '../../src/access';
import { AppModule } from '../../src/app.module';
import { DEVELOPMENT_ISSUER, mintDevelopmentToken } from '../../src/platform/auth';
import { settingsFrom, type Settings } from '../../src/platform/config';
import { UnitOfWork } from '../../src/platform/database/unit-of-work';
import { createHttpApp } from '../../src/platform/http';
import { Tasks } from '../../src/platform/jobs/tasks';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { SpikesService } from '../../src/surveillance/spikes.service';
import { addressesOf, createDatabase, type TestDatabase } from './database';
import { DrivenClock } from './unit-of-work';

const AUDIENCE = 'handrail';

export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  /** What the envelope says beside the data. */
  readonly extensions: Record<string, unknown>;
}

/** Asks the API over HTTP, with a real token of one actor. */
export type Ask = <Data = Record<string, never>>(
  query: string,
  variables?: Record<string, unknown>,
  headers?: Record<string, string>,
) => Promise<Answer<Data>>;

/** The whole application on a database of its own, with a clock that the test moves. */
export class TestApp {
  /** One after the other, as one connection takes them. */
  #asked: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly database: TestDatabase,
    readonly app: NestFastifyApplication,
    readonly clock: DrivenClock,
    private readonly settings: Settings,
    private readonly behind: Client,
  ) {}

  static async open(variables: Readonly<Record<string, string>> = {}, given?: TestDatabase): Promise<TestApp> {
    const database = given ?? (await createDatabase());
    const keysDir = mkdtempSync(join(tmpdir(), 'handrail-app-'));
    const settings = settingsFrom({
      NODE_ENV: 'test',
      ...addressesOf(database),
      HANDRAIL_DATA_DIR: keysDir,
      HANDRAIL_DEVELOPMENT_KEYS: 'on',
      HANDRAIL_WORKER: 'off',
      AUTH_AUDIENCE: AUDIENCE,
      LOG_LEVEL: 'silent',
      // Tests ask faster than anybody with hands.
      RATE_LIMIT_PERCENT: '100000',
      // Many at once on a slow machine wait their turn; that callers are sent away is a test of its own.
      DATABASE_WAIT_MS: '60000',
      ...variables,
    });
    const clock = new DrivenClock();
    const app = await createHttpApp(AppModule.with(settings, clock), settings);
    await app.listen(0, '127.0.0.1');
    const behind = new Client({ connectionString: database.ownerUrl });
    await behind.connect();
    return new TestApp(database, app, clock, settings, behind);
  }

  get unitOfWork(): UnitOfWork {
    return this.app.get(UnitOfWork);
  }

  /** One more API process, as far as the database can tell: the same settings, a pool of its own. The caller closes it. */
  async beside(): Promise<NestFastifyApplication> {
    const app = await createHttpApp(AppModule.with(this.settings, this.clock), this.settings);
    await app.listen(0, '127.0.0.1');
    return app;
  }

  /** What the worker would do by now: everything due by the test’s clock, then the news, until none is left. */
  async runDue(): Promise<void> {
    await this.app.get(Tasks).sweep();
    for (let hasNews = true; hasNews;) {
      for (const id of await this.waitingEvents()) {
        const [ended] = await this.app.get(OutboxDelivery).deliver([id]);
        if (ended?.status === 'rejected') throw ended.reason;
      }
      hasNews = await this.app.get(SpikesService).judgeWaiting();
    }
  }

  /** A bearer token for an account of the development issuer. */
  token(claims: { subject: string; agencyId: string; role: string }): Promise<string> {
    return mintDevelopmentToken(this.settings.dataDir, AUDIENCE, claims);
  }

  /** Speaks as a built actor: `buildStaff` accounts sign in with their id as subject. */
  async as(actor: Pick<Actor, 'id' | 'agencyId' | 'role'>, app = this.app): Promise<Ask> {
    return this.speaking(await this.tokenOf(actor), app);
  }

  /** A bearer token of a built actor. */
  async tokenOf(actor: Pick<Actor, 'id' | 'agencyId' | 'role'>): Promise<string> {
    return this.token({ subject: await this.subjectOf(actor.id), agencyId: actor.agencyId, role: actor.role });
  }

  /** Speaks with this token, or with none, to this process or to another. */
  speaking(token: string | null, app = this.app): Ask {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const signed = token === null ? {} : { authorization: `Bearer ${token}` };
    return async <Data>(query: string, variables: Record<string, unknown> = {}, headers = {}) => {
      // On kept-alive connections: thousands of questions are asked like this.
      const answered = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signed, ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const { data = null, errors = [], extensions = {} } = (await answered.json()) as Partial<Answer<Data>>;
      return { status: answered.status, data, errors, extensions };
    };
  }

  /** Looks behind the walls, as the owner. */
  async owner<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    const asked = this.#asked.then(() => this.behind.query(text, values));
    this.#asked = asked.catch(() => null);
    return (await asked).rows as Row[];
  }

  async close(): Promise<void> {
    await this.behind.end();
    await this.app.close();
    await this.database.drop();
    rmSync(this.settings.dataDir, { recursive: true, force: true });
  }

  /** Gives the account an issuer this application trusts, and says what it signs in as. */
  private async subjectOf(accountId: string): Promise<string> {
    const [account] = await this.owner<{ subject: string }>(
      'update account set issuer = $2 where id = $1 returning subject',
      [accountId, DEVELOPMENT_ISSUER],
    );
    if (!account) throw new Error('no such account');
    return account.subject;
  }

  private async waitingEvents(): Promise<string[]> {
    const rows = await this.owner<{ id: string }>(
      'select id from outbox_event where delivered_at is null order by position',
    );
    return rows.map(({ id }) => id);
  }
}

/** `variables` stand over those of a test; `given` in place of a new database. */
export const openApp = (variables?: Readonly<Record<string, string>>, given?: TestDatabase): Promise<TestApp> =>
  TestApp.open(variables, given);
