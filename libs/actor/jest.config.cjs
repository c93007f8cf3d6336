module.exports = { displayName: 'actor', preset: '../../jest.preset.cjs' };
