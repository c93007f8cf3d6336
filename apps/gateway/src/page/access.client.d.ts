/** The file's text: bundlers and tests load it as such. */
declare const text: string;
export default text;
