module.exports = { displayName: 'pbft-core', preset: '../../../jest.preset.cjs' };
