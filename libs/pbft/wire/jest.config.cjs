module.exports = { displayName: 'pbft-wire', preset: '../../../jest.preset.cjs' };
