import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConsentScope } from '../access';
import type {
  ConsentExpiry,
  ConsentKind,
  ConsentPurpose,
  DiscloserClass,
  InformationClass,
  RecipientKind,
  RevocationMethod,
  SignatureMethod,
  Signer,
} from './engine/vocabulary';

/** What a person agreed to in writing, with every element of 42 CFR 2.31. Never changed but for its revocation. */
@Entity('consent')
export class ConsentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') personId: string;
  @Column('text', { nullable: true }) kind: ConsentKind;
  /** As it was signed; `inForce` is what revocations have left of it. */
  @Column('text', { array: true }) permits: ConsentScope[];
  @Column('text', { array: true }) inForce: ConsentScope[];
  @Column('text', { array: true }) disclosers: DiscloserClass[];
  @Column('text', { array: true }) information: InformationClass[];
  @Column('text', { array: true }) purposes: ConsentPurpose[];
  @Column('text', { nullable: true }) recipientKind: RecipientKind;
  /** Null: a general designation of treating providers, or a recipient that is no agency. */
  @Column('uuid', { nullable: true }) recipientAgencyId: string | null;
  /** In somebody’s own words; opened by the store. */
  @Column('bytea', { name: 'recipient_name_sealed', nullable: true }) recipientName: string | null;
  @Column('text', { nullable: true }) expiry: ConsentExpiry;
  @Column('timestamptz', { nullable: true }) expiresAt: Date | null;
  @Column('timestamptz') signedAt: Date;
  @Column('text', { nullable: true }) signedBy: Signer;
  @Column('text', { nullable: true }) coSignedBy: Signer | null;
  @Column('text', { nullable: true }) signatureMethod: SignatureMethod;
  /** Names text, number and language. */
  @Column('text', { nullable: true }) textVersion: string;
  @Column('text', { nullable: true }) textHash: string;
  @Column('text', { nullable: true }) stateRules: string;
  @Column('uuid') recordedByAgencyId: string;
  @Column('uuid') recordedBy: string;
  @Column('timestamptz', { nullable: true }) revokedAt: Date | null;
  /** When those who saw something by it were told that it has ended by its date. */
  @Column('timestamptz', { nullable: true }) expiryToldAt: Date | null;
  @Column('timestamptz') createdAt: Date;
}

/** Who took back what of a consent, how and when. Never changed. */
@Entity('consent_revocation')
export class ConsentRevocationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') consentId: string;
  @Column('text', { array: true }) scopes: ConsentScope[];
  @Column('boolean') isWhole: boolean;
  @Column('text') askedBy: Signer;
  @Column('text') method: RevocationMethod;
  @Column('uuid') recordedByAgencyId: string;
  @Column('uuid') recordedBy: string;
  @Column('timestamptz') revokedAt: Date;
}
