import { Injectable } from '@nestjs/common';
import type { LevelOfCare } from '../kernel/vocabulary';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';

/** A program with a free place by censuses that are still good. No person in it. */
export interface OpenProgramRow {
  readonly programId: string;
  readonly name: string;
  readonly phone: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly latitude: number;
  readonly longitude: number;
  readonly levelsOfCare: LevelOfCare[];
  readonly available: number;
  /** Of the oldest census that speaks for it. */
  readonly attestedAt: Date;
}

/** Degrees, WGS 84. */
export interface Bounds {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

const openIn = sql<OpenProgramRow>(
  `select p.id as "programId", p.name, coalesce(p.phone, a.phone) as phone, p.street, p.city, p.latitude, p.longitude,
     array_agg(distinct b.level_of_care) as "levelsOfCare", sum(b.staffed - b.occupied - b.held)::int as available,
     min(b.attested_at) as "attestedAt"
   from program p join agency a on a.id = p.agency_id join bed_pool b on b.program_id = p.id
   where p.latitude between $1 and $2 and p.longitude between $3 and $4 and a.is_active and p.is_active and b.is_active
     and b.staffed - b.occupied - b.held > 0 and b.attested_at + p.freshness_minutes * interval '1 minute' > app.now()
   group by p.id, a.phone
   order by (p.latitude - ($1 + $2) / 2) ^ 2 + ((p.longitude - ($3 + $4) / 2) * cos(radians(($1 + $2) / 2))) ^ 2, p.id limit 1000`,
);

@Injectable()
export class OpenProgramsStore {
  /** Within the bounds, those nearest to their middle first. */
  within(reader: Reader, { south, north, west, east }: Bounds): Promise<OpenProgramRow[]> {
    return reader.query(openIn, [south, north, west, east]);
  }
}
