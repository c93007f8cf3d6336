// This file and those that import it directly keep to syntax that every Node with ES modules parses,
// so that an old one gets a sentence instead of a syntax error.
export function requireNode() {
  if (parseInt(process.versions.node, 10) >= 20) return;
  console.error(
    'Synod needs Node.js 20 or newer, and this is ' + process.version + '. Get one from https://nodejs.org.',
  );
  process.exit(1);
}
