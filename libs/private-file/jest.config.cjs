module.exports = { displayName: 'private-file', preset: '../../jest.preset.cjs' };
