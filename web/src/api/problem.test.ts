import { describe, expect, it } from 'vitest';
import { ApiProblem, fieldProblems } from './problem';

describe('the field of a pointer', () => {
  const fields = ['name', 'contact_name', 'serials', 'quantity'];
  it.each([
    ['/name', 'name'],
    ['/contact/name', 'contact_name'],
    ['/serials', 'serials'],
    ['/serials/0', 'serials'],
    ['/lines/0/quantity', null],
    ['/contact/phone', null],
    ['/item_id', null],
    ['', null],
  ])('%s is %s', (pointer, field) => {
    const error = new ApiProblem(422, '', [{ pointer, detail: 'No.' }]);
    expect(fieldProblems(error, fields)).toEqual(field && { [field]: 'No.' });
  });

  it('is none of an error without pointers', () => {
    expect(fieldProblems(new Error('offline'), fields)).toBeNull();
  });
});
