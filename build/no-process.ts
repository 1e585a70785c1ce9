/** Stands in the bundle for node:process: what it exports is global, and to import it asks for each of its streams. */
export default process;
