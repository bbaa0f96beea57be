import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { openDatabase } from '../open-database';
import { settingsFrom } from '../platform/config';

/** The whole application without HTTP and jobs, for as long as one command takes. */
export const withApplication = async <T>(work: (app: INestApplicationContext) => Promise<T>): Promise<T> => {
  const database = await openDatabase(settingsFrom(process.env, 'work'));
  try {
    const app = await NestFactory.createApplicationContext(AppModule.with(database.settings), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
};
