module.exports = { displayName: 'example-counter', preset: '../../jest.preset.cjs' };
