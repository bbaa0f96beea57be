export { NudgeAddressesStore } from './nudge-addresses.store';
export { nudgeMessageMachine } from './nudge-message.machine';
export { NudgesModule } from './nudges.module';
