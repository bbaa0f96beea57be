/**
 * Where our sessions find names. PostgreSQL’s own come first by themselves, what a session makes for itself last. Without it a schema
 * named after the role that a session works as would come before `public`, and its tables stand in for ours.
 */
export const PATH_OPTION = '-c search_path=public,pg_temp';

/** The same address and login; whatever else its options say stays. */
export const withOurPath = (url: string): string => {
  const address = new URL(url);
  const options = [address.searchParams.get('options'), PATH_OPTION].filter(Boolean).join(' ');
  address.searchParams.set('options', options);
  return address.toString();
};
