module.exports = { displayName: 'pbft-traitors', preset: '../../../jest.preset.cjs' };
