// Numbers and times of the page's own sentences, in the person's formats. Expected: what the host's number formats and its
// System Settings say of themselves (frappe/public/js/frappe/utils/number_format.js names group, point and, for India, pairs).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Words } from '../../pkg/language.js';

const words = (formats, code = 'en') => new Words({ size: '{length} of {max}' }, code, formats);

describe('a number', () => {
  for (const [format, whole, decimals] of [
    ['#,###.##', '1,234,567', '0.25'],
    ['#.###,##', '1.234.567', '0,25'],
    ['# ###.##', '1\u00a0234\u00a0567', '0.25'],
    ['# ###,##', '1\u00a0234\u00a0567', '0,25'],
    ["#'###.##", "1'234'567", '0.25'],
    ['#, ###.##', '1,\u00a0234,\u00a0567', '0.25'],
    ['#,##,###.##', '12,34,567', '0.25'],
    ['#,###.###', '1,234,567', '0.25'],
    ['#.###', '1.234.567', '0.25'],
    ['#,###', '1,234,567', '0.25'],
  ]) {
    test(format, () => {
      const person = words({ number_format: format });
      assert.equal(person.number(1234567), whole);
      assert.equal(person.number(0.25), decimals);
      assert.equal(person.number(12), '12');
      assert.equal(person.say('size', { length: 1200, max: 40 }).endsWith(' of 40'), true);
    });
  }

  test('without a format of the host it is written as the language does', () => {
    assert.equal(words({}, 'de').number(1234567), '1.234.567');
    assert.equal(words({}, 'no such language').number(1234567), '1234567');
  });
});

test('a day is written in the person’s format', () => {
  assert.equal(words({ date_format: 'dd/mm/yyyy', time_format: 'HH:mm' }).moment('2026-11-20T10:30:05'), '20/11/2026 10:30');
  assert.equal(words({ date_format: 'mm-dd-yyyy' }).moment('2026-11-20T10:30:05'), '11-20-2026 10:30:05');
  assert.equal(words({}).moment('2026-11-20T10:30:05'), '2026-11-20 10:30:05');
});

test('a time has seconds where the person’s format has them', () => {
  assert.equal(words({ time_format: 'HH:mm' }).time('2026-11-20T10:30:05'), '10:30');
  assert.equal(words({}).time('2026-11-20T10:30:05'), '10:30:05');
});
