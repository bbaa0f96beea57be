import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a program has the person must not show in why an episode’s end is withheld: nobody asks this any more. */
export class DropEpisodeProvenance1764000000910 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.episode_has_part2_care(uuid, uuid)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.episode_has_part2_care(p_episode uuid, p_agency uuid) returns boolean
      language sql stable security definer
        return exists (select 1 from referral r join episode e on e.id = r.episode_id
          where r.episode_id = p_episode and r.care_is_part2 and r.receiver_agency_id is distinct from p_agency
            and app.asks_for_itself(p_agency) and app.may_hear_of(e.person_id, p_agency));
      grant execute on function app.episode_has_part2_care(uuid, uuid) to handrail_app, handrail_worker;
      select app.entrust('app.episode_has_part2_care(uuid, uuid)');
    `);
  }
}
