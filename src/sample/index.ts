export { giveSampleAddresses } from './sample-addresses';
export { hasSampleUsers } from './has-sample-users';
export { loadSampleRegion, refreshSampleCensus } from './load-sample-region';
export { sampleAgencies, type SampleAgency, type SampleAgencyName } from './sample-agencies';
export { samplePrograms, type SampleProgram, type SampleProgramName } from './sample-programs';
export {
  isSampleUser,
  sampleActor,
  sampleClaims,
  sampleUserNames,
  sampleUsers,
  type SampleUser,
  type SampleUserName,
} from './sample-users';
