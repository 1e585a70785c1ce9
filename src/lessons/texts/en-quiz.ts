import type {CallWords, QuizWords} from '../quiz/quiz-words.ts';

/** The sentences of the quiz, in English. */
export const quiz: QuizWords = {
  topics: {
    flags: 'Flags and files',
    connections: 'Connections',
    authorities: 'CAs',
    identities: 'Users and groups',
    restarts: 'Restarts',
    errors: 'Errors',
  },
  fileInFlag: (flag, component) => `Which file goes in ${flag} of ${component}?`,
  flagForFile: (component, path) => `Which flag of ${component} names ${path}?`,
  callerShows: (call) => `${calls(call)} What does ${call.caller} show?`,
  providerShows: (call) => `${calls(call)} Which certificate does ${call.provider} show?`,
  whoShows: (certificate) => `Who shows the certificate ${certificate}, and to whom?`,
  whoSigns: (id) => `Which CA signs ${id}?`,
  callerVerifies: (call) => `${calls(call)} What does the caller verify ${call.provider} with?`,
  providerVerifies: (call) => `${calls(call)} What does ${call.provider} verify the caller's certificate with?`,
  whoVerifies: (certificate) => `Who verifies the certificate ${certificate}, and with what?`,
  userIn: (place) => `Which user name does ${place} carry?`,
  groupsIn: (place) => `Which groups does ${place} carry?`,
  groupMeans: (group) => `What does it mean to be in the group ${group}?`,
  restartsAfter: (path) => `${path} has been renewed. What must be restarted, so that the new one is used?`,
  restartsAfterOwner: (path, holds) =>
    `${path} (${holds}) has been replaced. What must be restarted, so that the new one is used?`,
  restartsAmong: (path, holds, readers) =>
    `${path}${holds === undefined ? '' : ` (${holds})`} has been replaced. ${readers.slice(0, -1).join(', ')} and ${readers.at(-1)} read it. What must be restarted, so that the new one is used?`,
  readsOnce: (component) => `Which of these flags names a file that ${component} reads only when it starts?`,
  readsAgain: (component, flag) => `${component} reads the file of ${flag} anew by itself.`,
  readsAtStart: (component, flag) => `${component} reads the file of ${flag} only when it starts.`,
  errorMeans: 'A program prints this. What is wrong?',
  whoSays: 'Who says this?',
  whatIsWrong: (call) => `${calls(call)} It fails, and this is printed. What is wrong?`,
  whoRefuses: (call, fault) => `${calls(call)} ${fault} Who refuses?`,
  choices: {
    token: 'a token',
    showsNothing: 'nothing',
    madeItself: 'one that it has made itself',
    showsTo: (shower, other) => `${shower}, to ${other}`,
    signsItself: 'none: it is signed with its own key',
    serviceAccountKey: 'none: the service-account key signs it',
    embeddedIn: (path) => `the CA inside ${path}`,
    verifiesNothing: 'nothing: it is not verified',
    machineAuthorities: 'the CAs of the operating system',
    verifiesWith: (component, flag) => `${component}, with ${flag}`,
    noGroup: 'none',
    noRestart: 'nothing',
    refusesAsCaller: (component) => `the caller, ${component}`,
    refusesAsProvider: (component) => `the one that is called, ${component}`,
    nobodyRefuses: 'nobody: the call goes through',
    doesNotStart: 'it never comes to a call: one of the two does not start',
  },
  faults: {
    expired: (certificate) => `The certificate ${certificate} has ended.`,
    notYetValid: (certificate) => `The certificate ${certificate} is not valid yet.`,
    namesake: (verifier, certificate) =>
      `${verifier} has a CA of the right name to verify ${certificate} with, but with another key.`,
    unknownAuthority: (verifier, certificate) => `${verifier} does not have the CA that signed ${certificate}.`,
    wrongName: (certificate, host) => `${host} is not among the SANs of ${certificate}.`,
    noNames: (certificate) => `${certificate} has no SANs at all.`,
    notForServers: (certificate) => `${certificate} is not made for servers.`,
    notForClients: (certificate) => `${certificate} is not made for clients.`,
    keyMismatch: (certificate) => `The key beside ${certificate} belongs to another certificate.`,
    anotherKeyPair: (provider) => `sa.pub of ${provider} does not belong to the key that signed the token.`,
  },
  around: {
    title: 'Quiz',
    worksheet: (questions, preset, seed) =>
      `${questions === 1 ? '1 question' : `${questions} questions`} about a cluster as the preset ${preset} makes it. --seed ${seed} gives the same ones again.`,
    answers: 'Answers',
    questionOf: (number, total) => `Question ${number} of ${total}`,
    againOf: (number, total) => `Once more, ${number} of ${total}`,
    right: 'Right',
    wrong: 'Not right',
    rightIs: (number, text) => `Right is ${number}: ${text}`,
    readOn: 'Read on',
    known: (known, total) => `${known} of ${total} known`,
    score: (right, total) => `${right} of ${total} right at once`,
    allRight: 'All of them at once: well done.',
    missedFollow: (missed) =>
      missed === 1 ? 'The one you missed, once more.' : `The ${missed} you missed, once more.`,
    missedDone: 'And the missed ones are right now, too.',
    yourAnswer: 'Your answer',
    chooseTopic: 'What about?',
    allTopics: 'Everything',
    anotherRound: 'Another round?',
  },
};

function calls({caller, kubeconfig, isInPod, provider, at}: CallWords): string {
  const own = isInPod ? `${caller}, which runs in a pod,` : caller;
  const who = kubeconfig === undefined ? own : `${caller}, with ${kubeconfig},`;
  return `${who} calls ${provider} at ${at}.`;
}
