import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { HiddenSince } from './engine/edition';
import type { BaseCount } from './engine/lattice';
import type { ReportBook } from './report-books';

/** The newest edition of one book and year. For Handrail itself only: it holds what is hidden. */
@Entity('report_edition')
export class ReportEditionEntity {
  @PrimaryColumn('text') book: ReportBook;
  @PrimaryColumn('integer') year: number;
  @Column('date') week: string;
  @Column('timestamptz') countedAt: Date;
  @Column('jsonb') counts: BaseCount[];
  @Column('jsonb') hidden: HiddenSince;
}
