module.exports = { displayName: 'quorum', preset: '../../jest.preset.cjs' };
