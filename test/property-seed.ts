import fc from 'fast-check';

/**
 * Property tests draw the same examples in every run, so that a failure belongs to the change that made it.
 * `FC_SEED=random npm test` looks for new ones; a failure prints its seed, and the example it found goes into the test.
 */
const asked = process.env['FC_SEED'] ?? '20240601';
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked) });
