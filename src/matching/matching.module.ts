import { Module } from '@nestjs/common';
import { CapacityModule } from '../capacity';
import { CandidateStore } from './candidate.store';
import { MatchRunsStore } from './match-runs.store';
import { MatchRunResolver, PreferredProgramResolver, VerdictResolver } from './match-run.resolver';
import { MatchingLoaders } from './matching.loaders';
import { MatchingService } from './matching.service';
import { ProgramHistoryStore } from './program-history.store';
import { ProgramMatchesResolver, ProgramMatchResolver } from './program-matches.resolver';
import { ProgramMatchesService } from './program-matches.service';
import { UnmetNeedsResolver } from './unmet-needs.resolver';
import { UnmetNeedsService } from './unmet-needs.service';
import { UnmetNeedsStore } from './unmet-needs.store';

@Module({
  imports: [CapacityModule],
  providers: [
    CandidateStore,
    MatchRunsStore,
    ProgramHistoryStore,
    UnmetNeedsStore,
    MatchingService,
    ProgramMatchesService,
    UnmetNeedsService,
    MatchingLoaders,
    ProgramMatchesResolver,
    ProgramMatchResolver,
    MatchRunResolver,
    VerdictResolver,
    PreferredProgramResolver,
    UnmetNeedsResolver,
  ],
  exports: [MatchingService, MatchingLoaders],
})
export class MatchingModule {}
