/** Languages of the lessons and of the explanations of errors; what else is on screen is English. */
export const languages = ['en', 'ja', 'zh'] as const;
export type Language = (typeof languages)[number];

/** `ja_JP.UTF-8`, `zh-CN`, `en` → the language; `C` and languages that nobody has written yet are English. */
export function languageIn(locale: string): Language {
  const [name] = locale.toLowerCase().split(/[_.@-]/);
  return languages.find((language) => language === name) ?? 'en';
}
