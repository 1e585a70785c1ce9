import {Text, useAnimation} from 'ink';
import type {ReactElement} from 'react';
import {useTheme} from '../theme.ts';

/** Says that something is going on; stands still where nothing should move. */
export function Spinner(): ReactElement {
  const {glyphs, motion, paint} = useTheme();
  const {frame} = useAnimation({interval: 100, isActive: motion});
  return <Text>{paint(glyphs.spinner[frame % glyphs.spinner.length] ?? '', 'accent')}</Text>;
}
