module.exports = { displayName: 'actor-host', preset: '../../jest.preset.cjs' };
