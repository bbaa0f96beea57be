import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventFollowers } from '../../overdoses';
import { Tasks } from '../../platform/jobs/tasks';
import { LeaderlessService } from './leaderless.service';
import { OverdueService } from './overdue.service';
import { RosterService } from './roster.service';

/** The roster follows overdoses in their own transaction, and time by the database’s clock. */
@Injectable()
export class OutreachJobs implements OnModuleInit {
  constructor(
    private readonly followers: EventFollowers,
    private readonly tasks: Tasks,
    private readonly roster: RosterService,
    private readonly leaderless: LeaderlessService,
    private readonly overdue: OverdueService,
  ) {}

  onModuleInit(): void {
    this.followers.register((tx, eventIds) => this.roster.follow(tx, eventIds));
    this.tasks.registerSweep(() => this.leaderless.sweep());
    this.tasks.registerSweep(() => this.overdue.sweep());
  }
}
