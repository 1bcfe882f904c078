// Opening a notice puts it aside first, so that the next page counts without it; without scripts its button does.
document.querySelector("[data-notices]")?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-notice]");
  if (!link) return;
  const form = event.currentTarget;
  const said = new FormData();
  said.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  said.set("tin", link.dataset.notice);
  const done = fetch(form.action, { method: "POST", body: said, keepalive: true, redirect: "manual" });
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // it opens beside this page
  event.preventDefault();
  done.catch(() => {}).then(() => location.assign(link.href));
});
