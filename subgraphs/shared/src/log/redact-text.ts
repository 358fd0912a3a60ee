/** What stands where a secret was. */
export const redacted = '[redacted]';

/**
 * Replaces what looks like a secret inside a text: credentials in URLs, secret path segments, authorization schemes,
 * JWTs, provider keys, private keys, and `password=...` in whatever spelling. Errs on the side of hiding too much.
 */
export function redactText(text: string, knownSecrets: readonly string[] = []): string {
  let result = text.length > textLimit ? `${text.slice(0, textLimit)}… (${text.length} characters)` : text;
  for (const secret of knownSecrets) {
    if (result.includes(secret)) result = result.replaceAll(secret, redacted);
  }
  if (!mayHoldSecret.test(result)) return result;
  for (const [pattern, replacement] of shapes) result = result.replace(pattern, replacement);
  return result;
}

/** Longer texts are cut: a log line is no place for a document. */
const textLimit = 16_384;

/** Words that make `<word> = <value>` a secret. Every repetition below is bounded, so that no text is slow to read. */
const secretWord =
  '(?:pass(?:word|wd|phrase|code)?|pwd|contrase(?:ñ|n)a|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|credentials?)';
/** `=` or `:`, also percent-encoded, with the quotes that JSON (and JSON inside JSON) puts round it. */
const separator = String.raw`(?:\\*["'])?\s{0,8}(?:=>|[:=]|%3[AaDd])\s{0,8}`;
/** A quoted text with its escapes, closed or cut off, or everything up to a space or the next parameter. */
const value = String.raw`(?:\\+"[^"\\]*(?:\\+")?|"(?:[^"\\]|\\.)*"?|'[^']*'?|\S[^\s&]*)`;

/** Cheap test that spares most texts the long list. */
const mayHoldSecret =
  /eyJ|:\/\/|\/things\/|bearer|basic|digest|authorization|cookie|pass|pwd|contrase|secret|token|key|credential|sk[-_]|cauce_|AKIA|ASIA|gh[a-z]_|glpat|npm_|xox|EAA|whsec_|PRIVATE/i;

const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, redacted],
  // To the end of the line or of the quoted string: a scheme and its credentials are two words.
  [
    new RegExp(
      String.raw`((?:proxy-)?authorization|(?:set-)?cookie2?)(${separator})(\\*"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\r\n"']+)`,
      'gi',
    ),
    `$1$2${redacted}`,
  ],
  [/\b(bearer|apikey|digest)\s+[\w.~+/=-]{6,}/gi, `$1 ${redacted}`],
  [/\b(basic)\s+[A-Za-z0-9+/]{8,}={0,2}/gi, `$1 ${redacted}`],
  [/\beyJ[\w-]{4,2048}\.[\w-]{2,4096}(?:\.[\w-]*){0,3}/g, redacted],
  // Greedy to the last @, for passwords with characters that a strict URL could not hold; a port is not a password.
  [/\b([a-z][\w+.-]{0,20}:\/\/)[^\s/@:"'<>]{0,256}:(?!\d{1,5}(?:[/?#\s]|$))[^\s"'<>]{0,512}@/gi, `$1${redacted}@`],
  [/\b([a-z][\w+.-]{0,20}:\/\/)[^\s/?#"'<>]{0,512}@/gi, `$1${redacted}@`],
  // Providers whose URL path is the credential: a thing's token, a chat hook, a bot.
  [/(\/things\/)[^/\s?#"'<>]+/gi, `$1${redacted}`],
  [/(\/hooks?\/|\/services\/T\w{1,20}\/B\w{1,20}\/|\/bot)[\w:-]{16,}/gi, `$1${redacted}`],
  [/\b[spr]k[-_](?:live[-_]|test[-_]|proj[-_]|ant[-_])?[\w-]{8,}/g, redacted],
  [/\bcauce_[\w-]{16,}/g, redacted],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, redacted],
  [/\b(?:gh[pousr]_|github_pat_|xox[abeprs]-|whsec_|glpat-|npm_)[\w-]{10,}/g, redacted],
  [/\bEAA[A-Za-z0-9]{20,}/g, redacted],
  [new RegExp(String.raw`(${secretWord}[\w-]{0,40})(${separator})${value}`, 'gi'), `$1$2${redacted}`],
];
