export { AtRiskFlagsLoaders } from './at-risk/at-risk-flags.loaders';
export { outreachCaseMachine } from './outreach-case.machine';
export { OutreachCasesLoaders } from './roster/outreach-cases.loaders';
export { OUTREACH_CASE_CHANGED, OUTREACH_CASE_OPENED } from './roster/outreach.events';
export { OutreachModule } from './outreach.module';
