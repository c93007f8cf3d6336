module.exports = { displayName: 'pbft-traitor', preset: '../../jest.preset.cjs' };
