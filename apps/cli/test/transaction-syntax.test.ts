import { parseDocument, transactionOf } from '../src/key-value/transaction-syntax.js';

test('words', () => {
  const transaction = transactionOf(
    ['a revision = 7', 'b value != some text', 'c revision > 0'],
    ['put a  two spaces', 'delete b', 'get c', 'put empty '],
    [],
  );
  expect(transaction).toEqual({
    conditions: [
      { key: 'a', is: 'equal', revision: 7 },
      { key: 'b', is: 'notEqual', value: 'some text' },
      { key: 'c', is: 'greater', revision: 0 },
    ],
    success: [
      { put: { key: 'a', value: ' two spaces' } },
      { delete: { key: 'b' } },
      { get: { key: 'c' } },
      { put: { key: 'empty', value: '' } },
    ],
    failure: [],
  });
});

test.each([
  [['a = 7'], [], 'is not of the form'],
  [['a revision = x'], [], 'a whole number'],
  [[], ['put a'], 'is not of the form'],
  [[], ['delete a b'], 'is not of the form'],
  [[], ['drop a'], 'is not of the form'],
])('%j %j is refused', (conditions, steps, message) => {
  expect(() => transactionOf(conditions, steps, [])).toThrow(message);
});

test('JSON, with bytes', () => {
  const text =
    '{"conditions":[{"key":"a","is":"less","revision":7}],"success":[{"put":{"key":{"base64":"/w=="},"value":"x"}}]}';
  expect(parseDocument(text)).toEqual({
    conditions: [{ key: 'a', is: 'less', revision: 7 }],
    success: [{ put: { key: Buffer.from([255]), value: 'x' } }],
    failure: [],
  });
});

test.each([
  ['{', 'not JSON'],
  ['[]', 'the transaction must be an object'],
  ['{"then":[]}', 'no field "then"'],
  ['{"success":{}}', 'success must be a list'],
  ['{"success":[{"put":{"key":"a"}}]}', 'success[0].put.value must be text'],
  ['{"success":[{"put":{"key":"a","value":"b"},"get":{"key":"a"}}]}', 'exactly one of'],
  ['{"conditions":[{"key":"a","is":"equal"}]}', 'either revision or value'],
  ['{"conditions":[{"key":"a","is":"equal","revision":-1}]}', 'conditions[0].revision is a whole number'],
  ['{"conditions":[{"key":"a","is":"=","revision":1}]}', 'conditions[0].is must be one of'],
  ['{"failure":[{"get":{"key":{"base64":"?"}}}]}', 'failure[0].get.key must be text or'],
])('%s is refused, naming the place', (text, message) => {
  expect(() => parseDocument(text)).toThrow(message);
});
