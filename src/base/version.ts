import about from '../../package.json' with {type: 'json'};

/** Certwright's own version, as `package.json` has it. */
export const version: string = about.version;
