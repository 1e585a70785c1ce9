/** Stands in the bundle for what starts other programs, where nothing starts any. */
export default {};
