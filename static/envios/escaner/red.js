// Sends the queue when there is network, as often as needed: each reading has an id, so repeating is harmless.

import * as cola from "./cola.js";
import { desfaseDe } from "./reloj.js";
import { turno } from "./turno.js";

const LOTE = 50;
const ESPERA_MS = [2000, 5000, 15_000, 30_000, 60_000];

// What is wrong with who sends, not with what is sent: nothing of the queue would pass.
const DE_TODA_LA_COLA = new Set(["no_autenticado", "cola_de_otra_persona", "otro_origen"]);
// What may be wrong with one of a batch alone.
const DE_ALGUNA = new Set(["datos_invalidos", "http_413"]);

// Nothing was judged: the same will do later. `codigo` "" is no network; `espera_ms`, what the server asks to wait.
export class SinRespuesta extends Error {
  constructor(codigo = "", detalle = "", espera_ms = 0) {
    super(detalle || codigo);
    Object.assign(this, { codigo, detalle, espera_ms });
  }
}

// The server said no to the request as a whole.
export class Negado extends SinRespuesta {}

export async function pedir(ruta, cuerpo, metodo = cuerpo === undefined ? "GET" : "POST") {
  const opciones = { method: metodo, headers: {}, signal: AbortSignal.timeout(30_000) };
  if (cuerpo instanceof FormData) opciones.body = cuerpo;
  else if (cuerpo !== undefined && cuerpo !== null) {
    opciones.body = JSON.stringify(cuerpo);
    opciones.headers["Content-Type"] = "application/json";
  }
  let respuesta;
  try {
    respuesta = await fetch(ruta, opciones);
  } catch {
    throw new SinRespuesta();
  }
  const leido = await respuesta.json().catch(() => null);
  if (respuesta.ok && leido !== null) return leido;
  if (respuesta.status === 413) throw new Negado("http_413", "Pesa demasiado para enviarlo."); // whoever stands before us
  if (leido?.codigo && respuesta.status < 500 && respuesta.status !== 429) {
    throw new Negado(leido.codigo, leido.detail);
  }
  const espera = Number(respuesta.headers.get("Retry-After")) || 0;
  throw new SinRespuesta(`http_${respuesta.status}`, leido?.detail ?? "", Math.min(espera, 600) * 1000);
}

export class Envio {
  constructor(reloj, alCambiar) {
    this.reloj = reloj;
    this.alCambiar = alCambiar; // (what happened: {red, persona, error, juzgadas})
    this.fallos = 0;
    this.espera = null;
  }

  // Who works, by the server; it tells the clock too.
  async saludar() {
    const antes = this.reloj.leer().ms;
    const estado = await pedir("/escaner/estado");
    await this.contar(estado.ahora_ms, antes);
    return estado;
  }

  async contar(servidorMs, antes) {
    const contacto = this.reloj.contar(servidorMs, antes);
    const mia = (l) => l.estado === "espera" && l.sesion === this.reloj.sesion;
    await cola.cambiar((l) => mia(l) && { ...l, desfase_ms: desfaseDe(l, contacto) });
  }

  // Send all that waits of this person; again later when there is no answer.
  async enviar(persona) {
    clearTimeout(this.espera);
    try {
      await this.enviarTodo(persona);
      this.fallos = 0;
    } catch (error) {
      // Also what the telephone itself refuses (no room to write what became of them): they go again, once judged.
      if (!(error instanceof Negado)) this.#luego(persona, error.espera_ms ?? 0);
      this.alCambiar({ error });
    }
  }

  #luego(persona, alMenos) {
    const pausa = Math.max(alMenos, ESPERA_MS[Math.min(this.fallos++, ESPERA_MS.length - 1)]);
    this.espera = setTimeout(() => this.enviar(persona), pausa * (0.75 + Math.random() / 2));
  }

  // Once. Raises what stops it.
  enviarTodo(persona) {
    return turno(() => this.#enviarTodo(persona));
  }

  async #enviarTodo(persona) {
    for (;;) {
      const mias = (await cola.todas()).filter((l) => l.persona === persona);
      for (const l of mias.filter((l) => l.estado === "por_deshacer")) await this.#deshacer(l);
      const lote = primeras(mias.filter((l) => l.estado === "espera"));
      if (!lote.length) return;
      await this.#subir(lote);
    }
  }

  async #subir(lote) {
    const { operador, agencia, persona } = lote[0];
    const enviado = this.reloj.leer();
    const telefono = {
      persona_id: persona,
      operador_unidad_id: operador,
      agencia_id: agencia || null,
      dispositivo_id: await cola.dispositivo(),
      enviado: { ms: enviado.ms, zona_min: enviado.zona_min },
    };
    try {
      const respuesta = lote[0].archivos
        ? await pedir("/escaner/cola/con-archivos", conArchivos(telefono, lote[0]))
        : await pedir("/escaner/cola", { ...telefono, escaneos: lote.map(cruda) });
      if (!Array.isArray(respuesta.resultados)) throw new SinRespuesta("http_200");
      await this.contar(respuesta.ahora_ms, enviado.ms);
      await this.#juzgadas(lote, respuesta.resultados);
    } catch (error) {
      if (!(error instanceof Negado) || DE_TODA_LA_COLA.has(error.codigo)) throw error;
      if (lote.length > 1 && DE_ALGUNA.has(error.codigo)) for (const una of lote) await this.#subir([una]);
      else await this.#juzgadas(lote, lote.map((l) => ({ id: l.id, resultado: "rechazado", detalle: error.detalle })));
    }
  }

  // Those without a result go again; an answer with none is no answer.
  async #juzgadas(lote, resultados) {
    const porId = new Map(resultados.map((r) => [r.id, r]));
    const dichas = lote.filter((l) => porId.has(l.id));
    if (!dichas.length) throw new SinRespuesta("http_200");
    const juzgadas = dichas.map((l) => {
      const r = porId.get(l.id);
      const { archivos: _archivos, entrega: _entrega, ...queda } = l; // code and pictures do not stay here
      if (r.resultado === "rechazado") return { ...l, estado: "rechazada", resultado: r };
      return { ...queda, estado: r.estado === "deshecho" ? "deshecha" : "hecha", resultado: r };
    });
    await cola.poner(...juzgadas);
    this.alCambiar({ juzgadas });
  }

  async #deshacer(lectura) {
    try {
      await pedir(`/escaner/${lectura.id}/deshacer`, null, "POST");
    } catch (error) {
      if (!(error instanceof Negado) || error.codigo !== "escaneo_no_encontrado") throw error;
    }
    await cola.poner({ ...lectura, estado: "deshecha" });
    this.alCambiar({});
  }

  // Take back one reading: out of the queue when it was not sent, else by a correction, now or when there is network.
  async deshacer(id, persona) {
    await turno(async () => {
      const lectura = await cola.una(id);
      if (lectura?.estado === "espera") await cola.quitar(id);
      else if (lectura) await cola.poner({ ...lectura, estado: "por_deshacer" });
    });
    await this.enviar(persona);
  }
}

// What goes together: of one operator and agency; what carries files goes alone.
function primeras(lecturas) {
  const [primera] = lecturas;
  if (!primera || primera.archivos) return lecturas.slice(0, 1);
  return lecturas
    .filter((l) => !l.archivos && l.operador === primera.operador && l.agencia === primera.agencia)
    .slice(0, LOTE);
}

function cruda(l) {
  return {
    id: l.id,
    codigo: l.codigo,
    numero: l.numero,
    reloj: l.reloj,
    desfase_ms: l.desfase_ms ?? null,
    motivo: l.motivo || null,
    accion: l.accion || null,
  };
}

function conArchivos(telefono, lectura) {
  const partes = new FormData();
  partes.set("datos", JSON.stringify({ ...telefono, escaneo: cruda(lectura), entrega: lectura.entrega ?? null }));
  for (const [nombre, archivo] of Object.entries(lectura.archivos)) partes.set(nombre, archivo, nombre);
  return partes;
}
