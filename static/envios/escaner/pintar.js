// What the page shows. Words first; colour and sound only go with them.

const SIGNOS = { bien: "✓", aviso: "!", mal: "✕" };
const TONOS = { registrado: "bien", repetido: "bien", ya_estaba: "aviso", rechazado: "mal", espera: "bien" };
const TITULOS = { ya_estaba: "Ya estaba anotado", rechazado: "No se pudo anotar", espera: "Guardado en el teléfono" };

export function nodo(etiqueta, texto = "", clase = "") {
  const hecho = document.createElement(etiqueta);
  if (texto) hecho.textContent = texto;
  if (clase) hecho.className = clase;
  return hecho;
}

export function boton(texto, alPulsar, variante = "secundario") {
  const hecho = nodo("button", texto, `boton boton--${variante} boton--chico`);
  hecho.type = "button";
  hecho.addEventListener("click", alPulsar);
  return hecho;
}

const cuantas = (n) => (n === 1 ? "1 lectura" : `${n} lecturas`);
const hora = (ms) => new Date(ms).toLocaleTimeString("es-BO", { hour: "2-digit", minute: "2-digit" });

// The last reading, large: what became of it and where the parcel goes.
export function resultado(en, juicio, lectura = {}) {
  const tono = juicio.resultado === "registrado" && juicio.detalle ? "aviso" : TONOS[juicio.resultado];
  const caja = en("resultado");
  caja.hidden = false;
  caja.className = `telefono__resultado telefono__resultado--${tono}`;
  en("signo").textContent = SIGNOS[tono];
  en("titulo").textContent = [TITULOS[juicio.resultado] ?? juicio.texto, juicio.numero || lectura.numero].filter(Boolean).join(": ");
  en("detalle").textContent = [
    TITULOS[juicio.resultado] && juicio.texto !== TITULOS[juicio.resultado] ? juicio.texto : "",
    juicio.detalle,
    juicio.destino && `Destino: ${juicio.destino}`,
  ].filter(Boolean).join(". ").replaceAll("..", ".");
}

export function pintarCola(en, esperan, ajenas) {
  en("cola").hidden = !esperan && !ajenas;
  en("cola-texto").textContent = [
    esperan && `${cuantas(esperan)} por enviar`,
    ajenas && `${cuantas(ajenas)} de otra persona: que ingrese en este teléfono para enviarlas`,
  ].filter(Boolean).join(" · ");
  en("enviar").hidden = !esperan;
}

function comoVa(lectura) {
  if (lectura.estado === "espera") return "por enviar";
  if (lectura.estado === "por_deshacer") return "se deshará al enviar";
  const { resultado: dicho, detalle, destino } = lectura.resultado ?? {};
  const que = { ya_estaba: "ya estaba", rechazado: "por resolver" }[dicho] ?? "enviado";
  return [que, detalle, destino].filter(Boolean).join(" · ");
}

export function pintarLeidos(en, lecturas, deshacer) {
  const vivas = lecturas.filter((l) => !["deshecha", "rechazada"].includes(l.estado)).reverse();
  en("leidos-cuenta").textContent = vivas.length;
  en("leidos-vacio").hidden = vivas.length > 0;
  en("leidos").replaceChildren(
    ...vivas.slice(0, 100).map((l) => {
      const fila = nodo("li");
      const dice = nodo("div");
      dice.append(nodo("p", l.numero || "Foto de la etiqueta", "envios-numero"), nodo("p", `${hora(l.reloj.ms)} · ${l.texto} · ${comoVa(l)}`, "suave"));
      fila.append(dice);
      if (l.estado !== "por_deshacer") {
        const quitar = boton("Deshacer", () => deshacer(l.id));
        quitar.setAttribute("aria-label", `Deshacer ${l.numero}`);
        fila.append(quitar);
      }
      return fila;
    }),
  );
}

export function pintarPorResolver(en, pendientes, { deshacer, dejar, otraVez }) {
  en("por-resolver").hidden = !pendientes.length;
  en("por-resolver-cuenta").textContent = pendientes.length;
  const previos = new Map([...en("por-resolver-lista").querySelectorAll("input")].map((i) => [i.id, i.value]));
  en("por-resolver-lista").replaceChildren(
    ...pendientes.map((p) => {
      const fila = nodo("li");
      const dice = nodo("div");
      dice.append(nodo("p", `${p.numero || "Foto"} · ${p.texto}`, "envios-numero"), nodo("p", p.que_hacer));
      fila.append(dice, p.rechazado ? rechazado(p, previos, { deshacer, otraVez }) : choque(p, { deshacer, dejar }));
      return fila;
    }),
  );
}

function rechazado(p, previos, { deshacer, otraVez }) {
  const corregir = nodo("form");
  const id = `otra-${p.id}`;
  const etiqueta = nodo("label", "Número", "campo__etiqueta");
  etiqueta.htmlFor = id;
  const numero = nodo("input", "", "campo__control");
  Object.assign(numero, { id, value: previos.get(id) ?? p.numero, maxLength: 60, autocomplete: "off" });
  const enviar = nodo("button", "Enviar otra vez", "boton boton--secundario boton--chico");
  corregir.append(etiqueta, numero, enviar, boton("Descartar", () => deshacer(p.id, p.de_aqui), "peligro"));
  if (p.con_foto) {
    const foto = nodo("a", "Ver la foto");
    Object.assign(foto, { href: `/escaner/${p.id}/foto`, target: "_blank", rel: "noopener" });
    corregir.prepend(foto);
  }
  corregir.addEventListener("submit", (evento) => {
    evento.preventDefault();
    otraVez(p.id, numero.value.trim().toUpperCase());
  });
  return corregir;
}

function choque(p, { deshacer, dejar }) {
  const botones = nodo("div", "", "telefono__botones");
  botones.append(boton("Deshacer lo mío", () => deshacer(p.id), "peligro"), boton("Dejarlo así", () => dejar(p.id)));
  return botones;
}
