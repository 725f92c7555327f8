// Plays a video of another site in its place, once a reader asks for it. Without this script its card is a link like any other.
for (const link of document.querySelectorAll("a[data-frame]")) {
  const site = link.querySelector(".embed-site");
  const named = [link.querySelector("img")?.alt, link.textContent.trim()];
  site.textContent = link.dataset.play;
  link.setAttribute("role", "button");
  const play = (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.title = named.filter(Boolean).join(" · ");
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-presentation allow-forms";
    frame.src = link.dataset.frame;
    link.replaceWith(frame);
    frame.focus();
  };
  link.addEventListener("click", play);
  link.addEventListener("keydown", (event) => { if (event.key === " ") play(event); });
}
