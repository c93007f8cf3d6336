module.exports = { displayName: 'example-client', preset: '../../jest.preset.cjs' };
