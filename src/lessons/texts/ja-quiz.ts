import type {CallWords, QuizWords} from '../quiz/quiz-words.ts';

/** The sentences of the quiz, in Japanese. */
export const quiz: QuizWords = {
  topics: {
    flags: 'フラグとファイル',
    connections: '接続',
    authorities: '認証局(CA)',
    identities: 'ユーザーとグループ',
    restarts: '再起動',
    errors: 'エラー',
  },
  fileInFlag: (flag, component) => `${component} の ${flag} に指定するファイルはどれですか？`,
  flagForFile: (component, path) => `${component} のどのフラグが ${path} を指定しますか？`,
  callerShows: (call) => `${calls(call)}${call.caller} は何を見せますか？`,
  providerShows: (call) => `${calls(call)}${call.provider} はどの証明書を見せますか？`,
  whoShows: (certificate) => `証明書 ${certificate} は、だれがだれに見せますか？`,
  whoSigns: (id) => `${id} に署名する CA はどれですか？`,
  callerVerifies: (call) => `${calls(call)}呼び出す側は ${call.provider} を何で検証しますか？`,
  providerVerifies: (call) => `${calls(call)}${call.provider} は呼び出した側の証明書を何で検証しますか？`,
  whoVerifies: (certificate) => `証明書 ${certificate} は、だれが何で検証しますか？`,
  userIn: (place) => `${place} に入っているユーザー名はどれですか？`,
  groupsIn: (place) => `${place} に入っているグループはどれですか？`,
  groupMeans: (group) => `グループ ${group} に入っていると、どうなりますか？`,
  restartsAfter: (path) => `${path} を更新しました。新しいものを使わせるには、何を再起動しますか？`,
  restartsAfterOwner: (path, holds) =>
    `${path}(${holds})を置き換えました。新しいものを使わせるには、何を再起動しますか？`,
  restartsAmong: (path, holds, readers) =>
    `${path}${holds === undefined ? '' : `(${holds})`}を置き換えました。これを読むのは ${readers.join('、')} です。新しいものを使わせるには、何を再起動しますか？`,
  readsOnce: (component) => `${component} が起動時にしか読まないファイルは、どのフラグのものですか？`,
  readsAgain: (component, flag) => `${component} は ${flag} のファイルを自分で読み直します。`,
  readsAtStart: (component, flag) => `${component} は ${flag} のファイルを起動時にしか読みません。`,
  errorMeans: 'プログラムが次のように表示しました。何が悪いのですか？',
  whoSays: 'これはだれの言葉ですか？',
  whatIsWrong: (call) => `${calls(call)}接続は失敗し、次のように表示されます。何が悪いのですか？`,
  whoRefuses: (call, fault) => `${calls(call)}${fault}だれが拒否しますか？`,
  choices: {
    token: 'トークン',
    showsNothing: '何も見せません',
    madeItself: '自分で作った証明書',
    showsTo: (shower, other) => `${shower} が ${other} に`,
    signsItself: 'ありません。自分の鍵で署名します',
    serviceAccountKey: 'ありません。サービスアカウントの鍵で署名します',
    embeddedIn: (path) => `${path} に埋め込まれた CA`,
    verifiesNothing: '何も使いません。検証しません',
    machineAuthorities: 'OS に入っている CA',
    verifiesWith: (component, flag) => `${component} が ${flag} で`,
    noGroup: 'ありません',
    noRestart: '何も再起動しません',
    refusesAsCaller: (component) => `呼び出す側の ${component}`,
    refusesAsProvider: (component) => `呼び出される側の ${component}`,
    nobodyRefuses: 'だれも拒否せず、呼び出しは成功します',
    doesNotStart: '呼び出しまで進みません。どちらかが起動しません',
  },
  faults: {
    expired: (certificate) => `証明書 ${certificate} の期限が切れています。`,
    notYetValid: (certificate) => `証明書 ${certificate} はまだ有効ではありません。`,
    namesake: (verifier, certificate) =>
      `${verifier} が ${certificate} の検証に使う CA は、名前は同じでも鍵が違います。`,
    unknownAuthority: (verifier, certificate) => `${verifier} は、${certificate} に署名した CA を持っていません。`,
    wrongName: (certificate, host) => `${certificate} の SAN に ${host} がありません。`,
    noNames: (certificate) => `${certificate} には SAN が一つもありません。`,
    notForServers: (certificate) => `${certificate} はサーバー用に作られていません。`,
    notForClients: (certificate) => `${certificate} はクライアント用に作られていません。`,
    keyMismatch: (certificate) => `${certificate} の隣にある鍵は、別の証明書のものです。`,
    anotherKeyPair: (provider) => `${provider} の sa.pub は、トークンに署名した鍵のものではありません。`,
  },
  around: {
    title: 'クイズ',
    worksheet: (questions, preset, seed) =>
      `プリセット ${preset} で作るクラスターについての ${questions} 問です。--seed ${seed} で同じ問題になります。`,
    answers: '解答',
    questionOf: (number, total) => `問題 ${number}/${total}`,
    againOf: (number, total) => `もう一度 ${number}/${total}`,
    right: '正解',
    wrong: '不正解',
    rightIs: (number, text) => `正解は ${number}:${text}`,
    readOn: '続きを読む',
    known: (known, total) => `${total} 問中 ${known} 問を習得`,
    score: (right, total) => `${total} 問中 ${right} 問が一度で正解`,
    allRight: 'すべて一度で正解です。お見事です。',
    missedFollow: (missed) => `間違えた ${missed} 問を、もう一度出します。`,
    missedDone: '間違えた問題も、すべて正解できました。',
    yourAnswer: '答え',
    chooseTopic: '何について出題しますか？',
    allTopics: 'すべて',
    anotherRound: 'もう一回解きますか？',
  },
};

function calls({caller, kubeconfig, isInPod, provider, at}: CallWords): string {
  const own = isInPod ? `Pod の中の ${caller}` : caller;
  const how = kubeconfig === undefined ? '' : ` ${kubeconfig} を使って`;
  return `${own} が${how} ${provider}(${at})を呼び出します。`;
}
