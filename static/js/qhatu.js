// Small comforts. Every page works without this file.

const menus = [...document.querySelectorAll("details[data-menu]")];

// A menu closes when another opens, on a click outside, and on Escape (the focus goes back to its button).
for (const menu of menus) {
  menu.addEventListener("toggle", () => {
    if (menu.open) for (const otro of menus) if (otro !== menu) otro.open = false;
  });
}
document.addEventListener("click", (evento) => {
  for (const menu of menus) if (menu.open && !menu.contains(evento.target)) menu.open = false;
});
document.addEventListener("keydown", (evento) => {
  if (evento.key !== "Escape") return;
  for (const menu of menus.filter((m) => m.open)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// After a refused form, the list of errors is the first thing to be read.
document.querySelector("[data-enfocar]")?.focus();

// A second press on "pay" is harmless on the server; here it is also quiet.
document.addEventListener("submit", (evento) => {
  const formulario = evento.target;
  if (formulario.method !== "post") return;
  const sinRed = document.querySelector("[data-sin-red]"); // where it is said, what was typed stays
  if (sinRed) {
    sinRed.hidden = navigator.onLine;
    if (!navigator.onLine) return evento.preventDefault();
  }
  if (formulario.dataset.enviado) evento.preventDefault();
  formulario.dataset.enviado = "1";
});
// Nobody leaves the round that they had in this telephone to whoever uses it next (envios/escaner/hoja.js).
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") === "/salir") globalThis.caches?.delete("hoja-de-ruta").catch(() => {});
});
addEventListener("pageshow", () => {
  for (const formulario of document.querySelectorAll("form[data-enviado]")) delete formulario.dataset.enviado;
});

// Titles for what is being typed, in the browser's own list; never on a connection that saves data.
const campo = document.querySelector("#buscador");
if (campo && !navigator.connection?.saveData) {
  const lista = document.createElement("datalist");
  lista.id = "sugerencias";
  campo.after(lista);
  campo.setAttribute("list", lista.id);
  let espera;
  campo.addEventListener("input", () => {
    clearTimeout(espera);
    const escrito = campo.value.trim();
    if (escrito.length < 2) return;
    espera = setTimeout(async () => {
      const respuesta = await fetch(`/buscar/sugerencias?q=${encodeURIComponent(escrito)}`).catch(() => null);
      if (!respuesta?.ok || campo.value.trim() !== escrito) return;
      lista.replaceChildren(...(await respuesta.json()).map((texto) => new Option(texto, texto)));
    }, 250);
  });
}

// A page that waits for something looks again, and is shown anew only when it says something else: who reads it, or is
// about to press, keeps their place. One that may be listened to looks when it is told to; who is writing is only told.
const mirar = document.querySelector("meta[name=mirar]");
const oir = document.querySelector("meta[name=oir]");
if (mirar || oir) {
  const dice = (pagina) =>
    (pagina.querySelector("[data-vivo]") ?? pagina.querySelector("main"))?.textContent.replace(/\s+/g, " ");
  const antes = dice(document);
  let oido;
  let mirando = false;
  const mira = async () => {
    if (mirando) return;
    mirando = true;
    const respuesta = await fetch(location.href).catch(() => null);
    const texto = respuesta?.ok ? await respuesta.text().catch(() => "") : "";
    if (texto && (respuesta.redirected || dice(new DOMParser().parseFromString(texto, "text/html")) !== antes)) {
      oido?.close();
      if (mirar) return location.replace(respuesta.url);
      document.querySelector("[data-novedad]").hidden = false;
    }
    mirando = false;
  };
  if (mirar) setInterval(() => document.hidden || oido?.readyState === 1 || mira(), mirar.content * 1000);
  if (oir) {
    // Everybody hears a bid at once: each looks a while after, not all together, and once for all it heard meanwhile.
    let pronto;
    const suceso = () => {
      pronto ??= setTimeout(() => {
        pronto = null;
        if (mirando) suceso();
        else mira();
      }, 3000 + Math.random() * 2000);
    };
    const oye = () => {
      oido?.close();
      if (document.hidden) return;
      oido = new EventSource(oir.content);
      for (const nombre of ["puja", "horario"]) oido.addEventListener(nombre, suceso);
      oido.addEventListener("error", ({ target }) => { // refused (there was no place): the browser does not come back by itself
        if (target === oido && target.readyState === 2) setTimeout(() => target === oido && oye(), 5000 + Math.random() * 5000);
      });
    };
    document.addEventListener("visibilitychange", oye);
    oye();
  }
}

if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
