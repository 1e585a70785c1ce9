/** What a start needs beyond the entry itself, in one place: `load-program.ts` says where it comes from. */
export {readCommandLine} from './cli.ts';
export {endingOf} from './commands/ending.ts';
export {Cancelled} from './base/failure.ts';
export {writeFailure} from './base/system-failure.ts';
