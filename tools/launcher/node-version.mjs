// This file and those that import it directly keep to syntax that every Node with ES modules parses,
// so that an old one gets a sentence instead of a syntax error.
export function requireNode() {
  const version = process.versions.node.split('.');
  if (Number(version[0]) * 1000 + Number(version[1]) >= 20019) return;
  console.error(
    'Synod needs Node.js 20.19 or newer, and this is ' + process.version + '. Get one from https://nodejs.org.',
  );
  process.exit(1);
}
