const PLAYER = /<iframe\b([^>]*)>[^<]*<\/iframe>/g;
const SOURCE = /\ssrc="([^"]*)"/;

/**
 * Puts a link in the place of each player of another site in an article: nothing is asked for there until somebody
 * clicks. `playHeld` brings the player.
 *
 * @param html sanitised: tags and attributes are written in one way only.
 */
export function holdPlayers(html: string): string {
  return html.replace(PLAYER, (_, attributes: string) => {
    const source = SOURCE.exec(attributes)?.[1];
    if (source === undefined) return '';
    const host =
      URL.parse(source.replaceAll('&amp;', '&'))?.host.replace(/^(www|player)\./, '') ?? 'its site';
    return `<a class="held-player" href="${source}" target="_blank" rel="noopener noreferrer">Play from ${host}</a>`;
  });
}
