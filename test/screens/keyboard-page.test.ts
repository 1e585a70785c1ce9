import {expect, test} from 'vitest';
import {keyboardPage} from '../../screens/keyboard-page.ts';
import {actionIds, keyTable} from '../../screens/keys.ts';

// `vitest run test/screens/keyboard-page.test.ts -u` writes the page anew.
test('the page of keys in docs is the one that the key table makes', async () => {
  await expect(keyboardPage()).toMatchFileSnapshot('../../docs/keyboard.md');
});

test('every action has its row', () => {
  const rows = keyboardPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows).toHaveLength(actionIds.length);
  for (const id of actionIds)
    expect(
      rows.some((row) => row.includes(keyTable[id].description)),
      id,
    ).toBe(true);
});
