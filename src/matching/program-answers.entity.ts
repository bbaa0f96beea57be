import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How a program answers offers, over the last 90 days. */
@Entity('program_answers')
export class ProgramAnswersEntity {
  @PrimaryColumn('uuid') programId: string;
  @Column('uuid') agencyId: string;
  @Column('integer') offersPut: number;
  @Column('integer') offersAnswered: number;
  @Column('double precision', { nullable: true }) medianAnswerMinutes: number | null;
  @Column('timestamptz') updatedAt: Date;
}

/** A program that turned a person down for good. */
@Entity('lasting_decline')
export class LastingDeclineEntity {
  @PrimaryColumn('uuid') personId: string;
  @PrimaryColumn('uuid') programId: string;
  @Column('text') reason: string;
  @Column('timestamptz') since: Date;
}
