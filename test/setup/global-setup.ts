export default async function startDatabaseServer(): Promise<void> {}
