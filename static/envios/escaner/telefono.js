// The page: what is read goes to the queue first, always, and from there to the server.

import { Camara, hayLector, reducir } from "./camara.js";
import * as cola from "./cola.js";
import { Entrega } from "./entrega.js";
import { Hoja, avisos } from "./hoja.js";
import { Lector } from "./lector.js";
import { nodo, pintarCola, pintarLeidos, pintarPorResolver, resultado } from "./pintar.js";
import { Envio, Negado, SinRespuesta, pedir } from "./red.js";
import { Reloj } from "./reloj.js";
import * as s10 from "./s10.js";
import { sonar } from "./sonido.js";

const en = (marca) => document.querySelector(`[data-${marca}]`);
const formulario = en("lectura");
const FOTO_MAXIMA = 8 * 1024 * 1024; // what the server takes
const reloj = new Reloj();
const envio = new Envio(reloj, alCambiar);
const entrega = new Entrega(formulario, en("firma"));
const hoja = new Hoja(en, elegirParada);
let quien = null; // {persona_id, nombre, operadores}: as the server said it last
let porResolver = [];
let sinRed = false;
let dudado = "";

async function pintar() {
  const lecturas = await cola.todas();
  const mias = lecturas.filter((l) => l.persona === quien?.persona_id);
  const esperan = mias.filter((l) => cola.ESPERAN.has(l.estado)).length;
  const ajenas = lecturas.filter((l) => cola.ESPERAN.has(l.estado) && l.persona !== quien?.persona_id).length;
  // The server refuses to sign out while it says that something waits.
  document.cookie = esperan
    ? `qhatu_cola=${quien.persona_id}.${esperan}; path=/; max-age=31536000; samesite=lax`
    : "qhatu_cola=; path=/; max-age=0; samesite=lax";
  pintarCola(en, esperan, ajenas);
  pintarLeidos(en, mias, deshacer);
  await hoja.pintar(mias, reloj.leer().ms);
  pintarPorResolver(en, [...porResolver, ...propiasPorResolver(mias)], { deshacer: soltar, dejar, otraVez });
}

// Refused ones that the server does not list (it could not read the request) are kept by the page alone.
function propiasPorResolver(mias) {
  const sabidas = new Set(porResolver.map((p) => p.id));
  return mias
    .filter((l) => l.estado === "rechazada" && !sabidas.has(l.id) && !l.resultado.codigo)
    .map((l) => ({
      id: l.id, numero: l.numero, texto: l.texto, que_hacer: l.resultado.detalle, rechazado: true, de_aqui: true,
    }));
}

function avisar(texto, ingresar = false) {
  en("aviso").hidden = !texto;
  en("aviso-texto").textContent = texto;
  en("ingresar").hidden = !ingresar;
}

function hayRed(si, codigo = "") {
  sinRed = !si;
  const marca = en("red");
  marca.textContent = si ? "En línea" : `Sin ${codigo ? "servicio" : "red"}: se guarda aquí`;
  marca.className = `insignia insignia--${si ? "bien" : "aviso"}`;
}

async function alCambiar({ error, juzgadas = [] }) {
  if (error) {
    hayRed(error instanceof Negado || cola.estaLleno(error), error.codigo);
    if (!(error instanceof SinRespuesta)) avisar(porQueNoSeGuarda(error));
    else if (error.codigo === "no_autenticado") avisar("Su sesión terminó: ingrese para enviar lo que leyó. Nada se perdió.", true);
    else if (error instanceof Negado) avisar(error.detalle);
    else if (error.codigo) avisar("El servicio no responde bien ahora. Nada se perdió: se enviará solo en un momento.");
  } else {
    hayRed(true);
    avisar("");
  }
  const malas = juzgadas.filter((l) => l.estado === "rechazada");
  const ultima = malas[0] ?? juzgadas.at(-1);
  if (ultima) resultado(en, ultima.resultado, ultima);
  if (malas.length) {
    sonar(false);
    await saludar();
  }
  await pintar();
}

async function saludar() {
  try {
    const estado = await envio.saludar();
    porResolver = estado.por_resolver;
    const { persona_id, nombre, operadores } = estado;
    await conocer(operadores.length ? { persona_id, nombre, operadores } : null);
    if (quien) await hoja.bajar(reloj);
    hayRed(true);
    avisar(quien ? "" : "Para leer envíos necesita un mandato de despacho de un operador postal habilitado.");
    return Boolean(quien);
  } catch (error) {
    await alCambiar({ error });
    return false;
  }
}

async function conocer(nuevo) {
  quien = nuevo;
  if (hoja.persona && hoja.persona !== nuevo?.persona_id) await hoja.olvidar();
  await (nuevo ? cola.anotar("quien", nuevo) : cola.olvidar("quien"));
  formulario.hidden = !nuevo;
  en("quien").textContent = nuevo ? `Trabaja: ${nuevo.nombre}` : "";
  if (!nuevo) return;
  opciones(formulario.operador, nuevo.operadores.map((o) => [o.id, o.nombre]));
  en("operador-campo").hidden = nuevo.operadores.length < 2;
  elegirOperador();
  pintarPara();
}

function opciones(lista, pares) {
  const antes = lista.value;
  lista.replaceChildren(...pares.map(([valor, texto]) => new Option(texto, valor)));
  if (pares.some(([valor]) => valor === antes)) lista.value = antes;
}

function elegirOperador() {
  const operador = quien.operadores.find((o) => o.id === formulario.operador.value);
  const agencias = operador?.agencias ?? [];
  opciones(formulario.agencia, [["", "Sin agencia"], ...agencias.map((a) => [a.id, a.nombre])]);
  en("agencia-campo").hidden = !agencias.length;
}

// --- The round -------------------------------------------------------------------------------------

// From the list to the form: the same reading as with the label in the hand.
function elegirParada(parada, operador, codigo) {
  formulario.operador.value = operador;
  elegirOperador();
  formulario.numero.value = parada.numero;
  formulario.codigo.value = codigo;
  formulario.codigo.dispatchEvent(new Event("change"));
  pintarPara();
  formulario.scrollIntoView();
  (codigo === "EMI" ? formulario.codigo_entrega : formulario.motivo).focus({ preventScroll: true });
}

// Whose parcel it is that is being noted, when it is of the round.
function pintarPara() {
  const parada = hoja.parada(s10.deEtiqueta(formulario.numero.value));
  en("para").hidden = !parada;
  if (parada) en("para").replaceChildren(nodo("strong", parada.destinatario), nodo("p", parada.referencia), ...avisos(parada));
}

// --- Reading ---------------------------------------------------------------------------------------

function faltaAntes() {
  const { codigo, motivo, accion } = formulario;
  if (!codigo.value) return ["Elija qué pasó con el envío.", codigo];
  if (codigo.value === "EMI") return entrega.falta();
  if (codigo.value === "EMH" && !(motivo.value && accion.value)) return ["Indique el motivo y lo que se hará.", motivo];
  return null;
}

function negar(texto, control) {
  resultado(en, { resultado: "rechazado", texto: "No se pudo anotar", detalle: texto });
  sonar(false);
  control.focus();
}

// What is wrong with a number, said once: an operator may call an item as it likes, and the server knows which.
function dudar(numero) {
  const mal = s10.falta(numero);
  const otra = mal && numero === dudado;
  dudado = mal ? numero : "";
  return otra || !mal ? "" : `${mal} Si la etiqueta dice eso, anótelo otra vez.`;
}

// In words, why the telephone did not keep it.
function porQueNoSeGuarda(error) {
  if (cola.estaLleno(error)) return "El teléfono está lleno: borre fotos o aplicaciones que no use y anótelo otra vez.";
  return "El teléfono no dejó guardarlo. Cierre el escáner, ábralo de nuevo y anótelo otra vez.";
}

// What the form says now, whatever it says by the time it is kept.
function capturar(numero) {
  const { codigo, motivo, accion, operador, agencia } = formulario;
  const { ms, zona_min, deriva } = reloj.leer();
  const intento = codigo.value === "EMH";
  return {
    id: crypto.randomUUID(),
    persona: quien.persona_id,
    operador: operador.value,
    agencia: agencia.value,
    codigo: codigo.value,
    texto: codigo.selectedOptions[0].text,
    numero,
    motivo: intento ? motivo.value : "",
    accion: intento ? accion.value : "",
    reloj: { ms, zona_min },
    desfase_ms: reloj.contacto?.desfase ?? null,
    deriva,
    sesion: reloj.sesion,
    creada_ms: ms,
    estado: "espera",
  };
}

async function anotar(numero, archivos = null) {
  const falta = faltaAntes();
  if (falta) return negar(...falta);
  const mal = archivos ? "" : dudar(numero);
  if (mal) return negar(mal, formulario.numero);
  const lectura = capturar(numero);
  const enMano = lectura.codigo === "EMI" ? entrega.tomar() : null;
  if (numero) formulario.numero.value = ""; // at once: whoever reads one after another is already typing the next
  Object.assign(lectura, enMano ? await entrega.lectura(enMano) : archivos && { archivos });
  if (Object.values(lectura.archivos ?? {}).some((a) => a.size > FOTO_MAXIMA)) {
    const texto = "La foto pesa más de 8 MB: tómela otra vez con menos calidad.";
    return devolver(numero, enMano, texto, enMano ? formulario.prueba : formulario.foto);
  }
  try {
    lectura.orden = await cola.ordenSiguiente();
    await cola.poner(lectura);
  } catch (error) {
    return devolver(numero, enMano, `No se guardó. ${porQueNoSeGuarda(error)}`, formulario.numero);
  }
  pintarPara();
  resultado(en, { resultado: "espera", texto: lectura.texto }, lectura);
  sonar(true);
  await pintar();
  enviarNuevas();
}

// What could not be kept goes back to where it was typed, unless the next one is there already.
async function devolver(numero, enMano, texto, control) {
  if (!formulario.numero.value) formulario.numero.value = numero;
  if (enMano) await entrega.reponer(enMano);
  negar(texto, control);
}

const enviar = async () => quien && (await envio.enviar(quien.persona_id));

// Something new waits: sent now, and by whoever is awake when there is network. (Who is woken does not ask again: the
// browser would wake it at once, for as long as the server does not answer.)
async function enviarNuevas() {
  if ("serviceWorker" in navigator) {
    const registro = await navigator.serviceWorker.getRegistration("/escaner");
    registro?.sync?.register("enviar").catch(() => {});
  }
  await enviar();
}

const lector = new Lector(formulario.numero, leido);

formulario.addEventListener("submit", (evento) => {
  evento.preventDefault();
  lector.callar();
  const { numero, codigo_entrega } = formulario;
  if (document.activeElement === numero && !codigo_entrega.value) return leido(numero.value); // a reader's Enter
  anotar(s10.deEtiqueta(numero.value));
});
// At the door: where it is, while the code is being said.
formulario.codigo_entrega.addEventListener("focus", () => entrega.ubicar());
formulario.codigo.addEventListener("change", () => {
  en("intento").hidden = formulario.codigo.value !== "EMH";
  en("entrega").hidden = formulario.codigo.value !== "EMI";
  en("foto-campo").hidden = formulario.codigo.value === "EMI";
  formulario.numero.focus();
});
formulario.operador.addEventListener("change", elegirOperador);
formulario.numero.addEventListener("input", pintarPara);

formulario.foto.addEventListener("change", async () => {
  const [foto] = formulario.foto.files;
  if (foto) await anotar("", { foto: await reducir(foto) });
  formulario.foto.value = "";
});

en("borrar-firma").addEventListener("click", () => entrega.firma.borrar());

// At the door the number is read first and the rest is filled in; anywhere else it is noted at once.
function leido(texto) {
  const numero = s10.deEtiqueta(texto);
  if (formulario.codigo.value !== "EMI") return anotar(numero);
  formulario.numero.value = numero;
  pintarPara();
  return formulario.codigo_entrega.focus();
}

const camara = new Camara(en("video"), leido);
hayLector().then((hay) => (en("camara").hidden = !hay));
en("camara").addEventListener("click", async () => {
  if (camara.flujo) camara.cerrar();
  else if (!(await camara.abrir())) negar("No se pudo abrir la cámara. Escriba el número.", formulario.numero);
});
addEventListener("pagehide", () => camara.cerrar());

// --- What was read, and what waits for somebody ----------------------------------------------------

async function deshacer(id) {
  await envio.deshacer(id, quien.persona_id);
  await pintar();
}

async function preguntar(ruta, id) {
  try {
    porResolver = await pedir(ruta, null, "POST");
    const lectura = await cola.una(id);
    if (lectura?.estado === "rechazada") await cola.poner({ ...lectura, estado: "deshecha" });
  } catch (error) {
    if (!(error instanceof SinRespuesta)) throw error;
    await alCambiar({ error });
  }
  await pintar();
}

// What the server never kept is let go of here.
async function soltarDeAqui(id) {
  await cola.quitar(id);
  await pintar();
}

const soltar = (id, de_aqui) => (de_aqui ? soltarDeAqui(id) : preguntar(`/escaner/${id}/deshacer`, id));
const dejar = (id) => preguntar(`/escaner/${id}/dejar`, id);

// Send a refused one again, with its number put right if it was wrong.
async function otraVez(id, numero) {
  const mal = dudar(numero);
  if (mal) return negar(mal, formulario.numero);
  const lectura = await cola.una(id);
  if (!lectura) return soltar(id);
  const { archivos, ...queda } = lectura;  // the photo of a label is of no use once its number was typed
  await cola.poner({ ...queda, ...(lectura.entrega && { archivos }), numero, estado: "espera" });
  porResolver = porResolver.filter((p) => p.id !== id);
  await pintar();
  await enviar();
}

// --- Opening, network, signing out -----------------------------------------------------------------

en("enviar").addEventListener("click", async () => (await saludar()) && enviar());
addEventListener("online", async () => (await saludar()) && enviar());
addEventListener("offline", () => hayRed(false));
navigator.serviceWorker?.addEventListener("message", () => enviar());

en("salir").addEventListener("submit", async (evento) => {
  evento.preventDefault();
  await saludar();
  await enviar();
  const esperan = (await cola.todas()).filter((l) => l.persona === quien?.persona_id && cola.ESPERAN.has(l.estado));
  if (esperan.length) {
    const cuantas = esperan.length === 1 ? "Queda 1 lectura" : `Quedan ${esperan.length} lecturas`;
    avisar(`${cuantas} sin enviar. Busque señal y pulse «Enviar ahora»; después podrá salir.`);
    return;
  }
  // Without network the session would live on where nobody sees it.
  if (sinRed) return avisar("Sin red no se puede salir: su sesión seguiría abierta. Busque señal y vuelva a pulsar «Salir».");
  await cola.olvidar("quien");
  await hoja.olvidar();
  evento.target.submit();
});

// Without a place to write there is no queue: better to know it before the first parcel.
function sinGuardar() {
  hayRed(true);
  en("red").textContent = "No puede guardar";
  avisar("Este navegador no deja guardar lecturas: ¿está en una ventana privada? Ábralo en una normal o use la página sencilla.");
  en("sencilla").hidden = false;
}

async function abrir() {
  try {
    await trabajar();
  } catch (error) {
    console.warn(error);
    sinGuardar();
  }
  document.documentElement.dataset.listo = "1";
}

async function trabajar() {
  if ("serviceWorker" in navigator) {
    const [script, type] = "SyncManager" in globalThis ? ["/escaner/sw.js?envia=1", "module"] : ["/escaner/sw.js", "classic"];
    navigator.serviceWorker.register(script, { scope: "/escaner", type }).catch(() => {});
  }
  navigator.storage?.persist?.();
  await cola.limpiar(reloj.leer().ms);
  const sabido = await cola.dato("quien");
  if (sabido) await hoja.abrir(sabido.persona_id, reloj.leer().ms);
  if (sabido) await conocer(sabido);
  await pintar();
  if (await saludar()) await enviar();
  await pintar();
}

abrir();
