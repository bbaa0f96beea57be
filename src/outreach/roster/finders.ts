import { Injectable } from '@nestjs/common';
import { AgenciesService, counties } from '../../agencies';
import type { Reader } from '../../platform/database/reader';
import { OutreachProgramsStore } from '../outreach-programs.store';

const inState = (state: string): string[] =>
  counties()
    .countiesOfState(state)
    .map(({ fips }) => fips);

/** Who finds a program for a case that no team has: somebody who can, or nobody, and the operator is told. `reader` must be the system’s. */
@Injectable()
export class Finders {
  constructor(
    private readonly programs: OutreachProgramsStore,
    private readonly agencies: AgenciesService,
  ) {}

  /**
   * The team that coordinates whoever told of it, else the lead of a program next door, else of one in the state, else a team of the
   * county, or of the state, that has no program itself and hands it to one.
   */
  async finderIn(reader: Reader, countyFips: string, told: readonly string[]): Promise<string | null> {
    for (const agencyId of [
      ...(await this.coordinating(reader, told)),
      ...(await this.leadsAround(reader, countyFips)),
    ]) {
      if (await this.finds(reader, agencyId)) return agencyId;
    }
    const state = counties().county(countyFips)?.state ?? '';
    return this.agencies.teamNear(reader, { countyFips, agency: { jurisdictionFips: [], state } });
  }

  /** Whether somebody at the agency can find one. */
  finds(reader: Reader, agencyId: string): Promise<boolean> {
    return this.agencies.hasCoordinator(reader, agencyId);
  }

  private async coordinating(reader: Reader, told: readonly string[]): Promise<string[]> {
    const teams = new Set<string>();
    for (const agencyId of new Set(told)) {
      const team = (await this.agencies.agencyFacts(reader, agencyId))?.coordinatingAgencyId;
      if (team) teams.add(team);
    }
    return [...teams];
  }

  private async leadsAround(reader: Reader, countyFips: string): Promise<string[]> {
    const county = counties().county(countyFips);
    const around = [...(county?.neighbours ?? []), ...inState(county?.state ?? '')];
    const programs = await this.programs.looksAfter(reader, around);
    return [...new Set(around.flatMap((fips) => programs.get(fips)?.agencyId ?? []))];
  }
}
