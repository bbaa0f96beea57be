import { resources, rolesOfAgencyKind, type Role } from '../access';
import type { AgencyKind } from '../kernel/vocabulary';

const sending = resources['RestockRequest']?.commands['send'] ?? [];
const answering: ReadonlySet<Role> = new Set(sending.flatMap(({ roles }): readonly Role[] => roles));

/** Who at an agency of this kind could send doses: nobody at a school can. */
export const suppliersAt = (kind: AgencyKind): Role[] => rolesOfAgencyKind[kind].filter((role) => answering.has(role));
