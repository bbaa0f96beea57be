import { Module, type DynamicModule } from '@nestjs/common';
import { Doorkeeper } from './doorkeeper';
import { LIMIT_SETTINGS, type LimitSettings } from './limit-settings';
import { OperationLimits } from './operation-limits';

/** How much anybody may ask for, and how often anybody may guess. */
@Module({})
export class LimitsModule {
  static register(settings: LimitSettings): DynamicModule {
    return {
      module: LimitsModule,
      global: true,
      providers: [{ provide: LIMIT_SETTINGS, useValue: settings }, OperationLimits, Doorkeeper],
      exports: [OperationLimits, Doorkeeper],
    };
  }
}
