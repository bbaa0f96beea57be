import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../access';

export type AccountKind = 'STAFF' | 'SERVICE_ACCOUNT';

/** A person who signs in, or a partner system. The same account may work for several agencies. */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: AccountKind;
  @Column('text') issuer: string;
  @Column('text') subject: string;
  @Column('text') displayName: string;
  /** Sealed on file; the store opens it. */
  @Column('bytea', { name: 'email_sealed', nullable: true }) email: string | null;
  @Column('bytea', { nullable: true }) emailIndex: Buffer | null;
  @Column('timestamptz') createdAt: Date;
}

/** One role of one account at one agency. Never changed but to end it, so that it stays known who was what, and when. */
@Entity('membership')
export class MembershipEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') accountId: string;
  @Column('uuid') agencyId: string;
  @Column('text') role: Role;
  @Column('text', { array: true, nullable: true }) scopes: string[] | null;
  /** As this agency calls them; null: by the name of the account. */
  @Column('text', { nullable: true }) displayName: string | null;
  /** Sealed on file; the store opens it. */
  @Column('bytea', { name: 'email_sealed', nullable: true }) email: string | null;
  @Column('timestamptz') createdAt: Date;
  @Column('timestamptz', { nullable: true }) endedAt: Date | null;
}
