// Copies the address of a post where a link to it says so. Without this script it is a link like any other.
for (const link of document.querySelectorAll("a[data-copied]")) {
  const said = link.textContent;
  link.addEventListener("click", (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => {
        link.textContent = link.dataset.copied;
        setTimeout(() => { link.textContent = said; }, 3000);
      },
      () => { location.assign(link.href); },
    );
  });
}
