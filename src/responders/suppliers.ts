import { resources, rolesOfAgencyKind, type Role } from '../access';
import type { AgencyKind } from '../kernel/vocabulary';

const sending = resources['RestockRequest']?.commands['send'] ?? [];
const answering: ReadonlySet<Role> = new Set(sending.flatMap(({ roles }): readonly Role[] => roles));

/** Whether agencies of this kind have anybody who could send doses: nobody at a school can. */
export const canSupply = (kind: AgencyKind): boolean => rolesOfAgencyKind[kind].some((role) => answering.has(role));
