// A passkey or security key that cannot be used: allauth tells it to the console alone, here the page says it.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-key-trouble]");
  if (!place) return;
  event.preventDefault();
  place.textContent = event.detail.exception?.name === "InvalidStateError" ? place.dataset.known : place.dataset.unused;
});
