export default async function stopDatabaseServer(): Promise<void> {}
