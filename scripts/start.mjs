import { launch } from './launch.mjs';

await launch('src/main.js', process.argv.slice(2));
