import type { ConsentScope } from '../access';
import type { NamedAgency } from '../consent';

/** Whom a consent that must name its recipient names: the sender of the referral, or the team that coordinates it. */
export const namedBy =
  (sender: NamedAgency, coordinatingAgencyId: string | null) =>
  (scope: ConsentScope): NamedAgency | null => {
    if (scope !== 'IDENTITY_TO_COORDINATOR') return { id: sender.id, kind: sender.kind };
    return coordinatingAgencyId === null ? null : { id: coordinatingAgencyId, kind: 'OUTREACH_TEAM' };
  };
