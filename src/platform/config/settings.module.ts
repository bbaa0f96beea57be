import { type DynamicModule, Module } from '@nestjs/common';
import { Settings } from './settings';

/** Makes the settings, read before anything else starts, injectable everywhere. */
@Module({})
export class SettingsModule {
  static holding(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      providers: [{ provide: Settings, useValue: settings }],
      exports: [Settings],
    };
  }
}
