/** Stands in for react-devtools-core, which Ink would load only in its own development mode. */
export default {
  initialize(): void {},
  connectToDevTools(): void {},
};
