module.exports = { displayName: 'formation', preset: '../../jest.preset.cjs' };
