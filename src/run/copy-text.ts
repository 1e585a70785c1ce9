import {CommandFailure, type RunProgram} from './run-program.ts';

/** What became of a text that was to be copied. */
export type Copied =
  /** It is there. */
  | {readonly kind: 'copied'; readonly where: string}
  /** The terminal was told; it does not answer, and some are set up not to listen. */
  | {readonly kind: 'sent'; readonly where: string}
  /** `why`: a part of a sentence. */
  | {readonly kind: 'refused'; readonly why: string};

export interface CopyTools {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runProgram: RunProgram;
  /** Writes to the terminal, past whatever draws on it. */
  readonly write: (bytes: string) => void;
}

/** Longest OSC 52 that terminals take, in characters of base64: hterm and xterm stop there. */
const mostCharacters = 74_994;

/** GNU screen passes strings on in pieces of at most 768 bytes. */
const screenPiece = 740;

/**
 * Copies a text to where the person pastes from. tmux keeps what an application says about the clipboard to itself
 * unless it is set up otherwise, but puts there what its own command gives it; elsewhere the terminal is told (OSC 52).
 * The text must be no secret: other programs read a clipboard.
 */
export async function copyText(text: string, {environment, runProgram, write}: CopyTools): Promise<Copied> {
  if (isSet(environment.TMUX)) {
    const copied = await throughTmux(text, runProgram);
    if (copied !== undefined) return copied;
  }
  const {TERM} = environment;
  if (TERM === 'linux' || TERM === 'dumb') return {kind: 'refused', why: `a ${TERM} terminal has no clipboard`};
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  if (encoded.length > mostCharacters) {
    const size = `${Math.ceil(encoded.length / 1000)} KB`;
    return {kind: 'refused', why: `it is too long for a terminal's clipboard (${size}, and 74 are the most)`};
  }
  const sequence = `\u001B]52;c;${encoded}\u0007`;
  const isInScreen = isSet(environment.STY) || (TERM?.startsWith('screen') === true && !isSet(environment.TMUX));
  write(isInScreen ? passedOn(sequence) : sequence);
  return {kind: 'sent', where: "Sent to the terminal's clipboard (not every terminal takes it)"};
}

/** undefined = tmux cannot be asked. */
async function throughTmux(text: string, runProgram: RunProgram): Promise<Copied | undefined> {
  const given = {input: text, timeout: 5000};
  try {
    await runProgram('tmux', ['load-buffer', '-w', '-'], given);
    return {kind: 'copied', where: "Copied to tmux's buffer and the clipboard"};
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    if (error.code === 'program-missing') return undefined;
  }
  try {
    // Before tmux 3.2 there is no -w: the text gets as far as tmux itself.
    await runProgram('tmux', ['load-buffer', '-'], given);
    return {kind: 'copied', where: "Copied to tmux's buffer (prefix ] pastes it)"};
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    return undefined;
  }
}

/** In pieces that GNU screen hands to the terminal as they are. */
function passedOn(sequence: string): string {
  let wrapped = '';
  for (let at = 0; at < sequence.length; at += screenPiece) {
    wrapped += `\u001BP${sequence.slice(at, at + screenPiece)}\u001B\\`;
  }
  return wrapped;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
