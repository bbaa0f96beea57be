import { Pool } from 'pg';

const POOL_SIZE = 10;

/** What a child is told once, when it starts. */
export interface Setup {
  readonly ownerUrl: string;
  /** Some statements name the asking agency; here it is a setting of the connection and costs nothing. */
  readonly agencyId: string;
}

/** The same, for both sides of a referral. */
export interface SidesSetup extends Setup {
  readonly senderAgencyId: string;
}

/** For commands of the side that sends referrals. */
export const openSenderPool = ({ ownerUrl, senderAgencyId }: SidesSetup): Pool =>
  openPool({ ownerUrl, agencyId: senderAgencyId });

/** As many connections as Handrail has, as a user whom no policy binds. Statements are pipelined and planned as Handrail’s are. */
export const openPool = ({ ownerUrl, agencyId }: Setup): Pool => {
  const options = `-c app.agency_id=${agencyId} -c timezone=UTC -c plan_cache_mode=force_generic_plan`;
  const pool = new Pool({ connectionString: ownerUrl, max: POOL_SIZE, options, pipeline: true });
  pool.on('error', () => undefined);
  return pool;
};
