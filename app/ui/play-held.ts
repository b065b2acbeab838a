/** Puts the player in the place of its link. */
export function playHeld(link: HTMLAnchorElement): void {
  const frame = document.createElement('iframe');
  frame.src = link.href;
  frame.allow = 'autoplay; fullscreen; picture-in-picture; encrypted-media';
  frame.allowFullscreen = true;
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  // As the sanitiser has it: its own origin, scripts, and nothing of ours.
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-popups allow-presentation');
  frame.title = link.textContent ?? '';
  link.replaceWith(frame);
  frame.focus();
}
