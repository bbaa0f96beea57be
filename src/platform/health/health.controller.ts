import { Controller, Get, Header, Inject, Optional } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Access } from '../auth/access.decorator';
import { registry } from './metrics';
import { READINESS_CHECKS, type ReadinessCheck } from './readiness';

const PATIENCE_MS = 2_000;

const inTime = async (check: Promise<boolean>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([check, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

/** For orchestrators and Prometheus. Says up or down by name, never why: the log has that. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Optional() @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[] = [],
  ) {}

  @Access('public')
  @Get('healthz')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Access('public')
  @Get('readyz')
  ready() {
    return this.health.check(this.checks.map((check) => () => this.#ask(check)));
  }

  @Access('public')
  @Get('metrics')
  @Header('content-type', registry.contentType)
  metrics(): Promise<string> {
    return registry.metrics();
  }

  async #ask(ready: ReadinessCheck): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(ready.name);
    const isUp = await inTime(ready.check()).catch(() => false);
    return isUp ? indicator.up() : indicator.down();
  }
}
