// The round of the day, for whoever takes it to the doors: their own alone, and no longer than it lasts. It is one
// stored answer, so that signing out of any page drops it with one call (static/js/qhatu.js).

import { boton, nodo } from "./pintar.js";
import { SinRespuesta, pedir } from "./red.js";

const ALMACEN = "hoja-de-ruta";
const RUTA = "/escaner/hoja";
const EN_LA_PUERTA = { EMI: "Entregado", EMH: "No se pudo entregar" };

async function guardar(hoja) {
  const almacen = await caches.open(ALMACEN);
  await almacen.put(RUTA, new Response(JSON.stringify(hoja)));
}

const guardada = () => caches.match(RUTA, { cacheName: ALMACEN }).then((r) => r?.json());

// What this telephone says of a stop, by the last thing read of it: {texto, tono, dicho}; or what the server said.
export function marca(parada, lecturas) {
  const suya = lecturas.filter((l) => l.numero === parada.numero && l.estado !== "deshecha").at(-1);
  if (!suya) return { texto: parada.estado, tono: "", dicho: parada.terminada };
  const dicho = EN_LA_PUERTA[suya.codigo];
  const texto = dicho ?? suya.texto;
  if (suya.estado === "rechazada") return { texto: `${texto}: por resolver`, tono: "mal", dicho: false };
  if (suya.resultado?.por_confirmar) return { texto: `${texto}: por confirmar`, tono: "aviso", dicho: true };
  const espera = suya.estado === "hecha" ? "" : ", por enviar";
  return { texto: texto + espera, tono: suya.codigo === "EMI" ? "bien" : dicho ? "aviso" : "info", dicho: Boolean(dicho) };
}

export class Hoja {
  constructor(en, alElegir) {
    this.en = en;
    this.alElegir = alElegir; // (parada, operador, codigo): what happened at its door
    this.rondas = [];
    this.hasta = 0;
    this.persona = null;
    this.olvidos = 0;
  }

  // What was kept for this person, if it still holds.
  async abrir(persona, ahoraMs) {
    const hoja = await guardada().catch(() => null);
    if (hoja?.persona_id === persona) this.#tener(hoja);
    if (hoja && (hoja.persona_id !== persona || hoja.hasta_ms <= ahoraMs)) await this.olvidar();
  }

  // Fresh from the server; without an answer, what there was stays.
  async bajar(reloj) {
    const { olvidos } = this;
    try {
      const hoja = await pedir(RUTA);
      if (olvidos !== this.olvidos) return; // whoever asked for it signed out meanwhile
      hoja.hasta_ms += reloj.leer().ms - hoja.ahora_ms; // by this telephone's clock, whatever it says
      this.#tener(hoja);
      await guardar(hoja).catch(() => {}); // no room, or a private window: it is read while the page is open
      if (olvidos !== this.olvidos) await this.olvidar();
    } catch (error) {
      if (!(error instanceof SinRespuesta)) throw error;
    }
  }

  async olvidar() {
    this.olvidos++;
    this.#tener({ rondas: [], hasta_ms: 0, persona_id: null });
    await caches.delete(ALMACEN).catch(() => {});
  }

  #tener({ rondas, hasta_ms: hasta, persona_id: persona }) {
    Object.assign(this, { rondas, hasta, persona });
  }

  parada(numero) {
    return this.rondas.flatMap((r) => r.paradas).find((p) => p.numero === numero);
  }

  async pintar(lecturas, ahoraMs) {
    if (this.rondas.length && this.hasta <= ahoraMs) await this.olvidar();
    const { en } = this;
    const paradas = this.rondas.flatMap((r) => r.paradas);
    const marcas = new Map(paradas.map((p) => [p, marca(p, lecturas)]));
    en("hoja").hidden = !paradas.length;
    en("hoja-cuenta").textContent = `${paradas.filter((p) => marcas.get(p).dicho).length} de ${paradas.length}`;
    en("hoja-rondas").replaceChildren(
      ...this.rondas.filter((r) => r.paradas.length).flatMap((r) => [
        nodo("p", `${r.numero} · ${r.agencia} · ${r.estado}`, "suave"),
        this.#lista(r, marcas),
      ]),
    );
  }

  #lista(ronda, marcas) {
    const lista = nodo("ol", "", "telefono__lista");
    lista.append(...ronda.paradas.map((p, i) => this.#fila(p, i + 1, ronda.operador_unidad_id, marcas.get(p))));
    return lista;
  }

  #fila(p, orden, operador, suya) {
    const fila = nodo("li");
    const dice = nodo("div");
    const quien = nodo("p");
    quien.append(nodo("strong", `${orden}. ${p.destinatario} `), nodo("span", suya.texto, `insignia insignia--${suya.tono}`));
    const datos = nodo("p");
    datos.append(nodo("span", p.numero, "envios-numero"), ...enlaces(p));
    dice.append(quien, nodo("p", `${p.destino}: ${p.referencia}`), datos, ...avisos(p));
    fila.append(dice);
    if (!p.terminada) fila.append(this.#botones(p, operador, suya));
    return fila;
  }

  #botones(p, operador, suya) {
    const botones = nodo("div", "", "telefono__botones");
    for (const [codigo, texto] of [["EMI", "Entregar"], ["EMH", "No se pudo"]]) {
      const uno = boton(texto, () => this.alElegir(p, operador, codigo), codigo === "EMI" && !suya.dicho ? "primario" : "secundario");
      uno.setAttribute("aria-label", `${texto}: ${p.destinatario}, ${p.numero}`);
      botones.append(uno);
    }
    return botones;
  }
}

// How to call them and how to get there: what a telephone opens by itself, also without network.
function enlaces(p) {
  const partes = [];
  const enlace = (href, texto, para) => {
    const hecho = nodo("a", texto);
    hecho.href = href;
    hecho.setAttribute("aria-label", `${para} ${p.destinatario}: ${texto}`);
    partes.push(" · ", hecho);
  };
  if (p.telefono) enlace(`tel:${p.telefono}`, p.telefono, "Llamar a");
  if (p.codigo_plus) enlace(`geo:${p.latitud},${p.longitud}`, p.codigo_plus, "Cómo llegar a");
  return partes;
}

export const avisos = (p) => [
  ...(p.cobrar ? [nodo("p", `Cobrar ${p.cobrar}`, "insignia insignia--aviso")] : []),
  ...(p.elige ? [nodo("p", p.elige, "insignia insignia--info")] : []),
];
