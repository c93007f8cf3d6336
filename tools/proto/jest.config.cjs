module.exports = { displayName: 'proto-tool', preset: '../../jest.preset.cjs' };
