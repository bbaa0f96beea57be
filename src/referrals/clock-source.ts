import { Injectable } from '@nestjs/common';
import { defaultClocks, type ClockSettings } from './clock-settings';

/** Where the time limits come from. One set for the installation; a set per program and state goes behind the same door. */
@Injectable()
export class ClockSource {
  settings(): ClockSettings {
    return defaultClocks;
  }
}
