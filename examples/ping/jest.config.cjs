module.exports = { displayName: 'example-ping', preset: '../../jest.preset.cjs' };
