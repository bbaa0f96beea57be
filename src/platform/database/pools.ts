import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { Actor } from '../../access';
import { openDataSource, poolOf, type PoolLimits } from './data-source';

export interface PoolAddresses {
  /** The login that answers: it may become `handrail_app` and nothing else. */
  readonly app: string;
  /** The login that carries out: it may become the worker, once a command has been decided. */
  readonly commands: string;
}

/**
 * Two logins, so that no way of asking leads past the walls: what reads for somebody does so on connections that cannot become the
 * worker, whatever SQL they are made to run.
 */
export class Pools {
  // Kept beside their sources, which forget them when they end: a pool that has ended says so, as a database that is away does.
  readonly app: Pool;
  readonly commands: Pool;

  private constructor(private readonly sources: Readonly<Record<keyof PoolAddresses, DataSource>>) {
    this.app = poolOf(sources.app);
    this.commands = poolOf(sources.commands);
  }

  static async open(addresses: PoolAddresses, limits: PoolLimits): Promise<Pools> {
    const app = await openDataSource(addresses.app, limits);
    try {
      return new Pools({ app, commands: await openDataSource(addresses.commands, limits) });
    } catch (error) {
      await app.destroy();
      throw error;
    }
  }

  /** What this actor reads with. Handrail itself reads across agencies. */
  for({ kind }: Actor): Pool {
    return kind === 'SYSTEM' ? this.commands : this.app;
  }

  async close(): Promise<void> {
    const open = Object.values(this.sources).filter(({ isInitialized }) => isInitialized);
    await Promise.all(open.map((source) => source.destroy()));
  }
}
