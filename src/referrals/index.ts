export { handOffMachine } from './hand-off.machine';
export { offerMachine } from './offer.machine';
export { ReferralIntakeService } from './referral-intake.service';
export { referralMachine } from './referral.machine';
export { Referral } from './referral.type';
export { ReferralsLoaders } from './referrals.loaders';
export { ReferralsModule } from './referrals.module';
