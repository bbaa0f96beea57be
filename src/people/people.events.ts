/**
 * Subject `Person`: records of this person were found to be of one with others, or of two people. For rooms of Handrail that count
 * and join by persons, and never passed on to an agency: that others have a record is theirs to tell.
 */
export const PERSON_CLUSTER_CHANGED = 'person-cluster.changed';
