module.exports = { displayName: 'scenario', preset: '../../jest.preset.cjs' };
