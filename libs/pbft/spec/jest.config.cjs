module.exports = { displayName: 'pbft-spec', preset: '../../../jest.preset.cjs' };
