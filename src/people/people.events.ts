/**
 * Subject `Person`: records of this person were found to be of one with others, or of two people. For rooms of Handrail that count
 * and join by persons, and never passed on to an agency: that others have a record is theirs to tell.
 */
export const PERSON_CLUSTER_CHANGED = 'person-cluster.changed';
/** Subject `Person`: that they may be one with somebody else came up, or was decided. For the same rooms, under the same rule. */
export const PERSON_DOUBT_CHANGED = 'person-doubt.changed';
