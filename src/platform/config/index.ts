export { developmentIssuer } from './issuers';
export type { GatewaySetting, MessagingSettings, SmtpSetting } from './messaging';
export { type SettingProblem, SettingsError } from './problems';
export { type Environment, type LogLevel, Settings, type SettingValues, type TrustedIssuer } from './settings';
export { type Purpose, settingsFrom } from './settings-from';
export { SettingsModule } from './settings.module';
export { readInstalled, readRules, rulesIn } from './rules';
