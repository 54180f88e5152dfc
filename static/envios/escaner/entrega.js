// A delivery at the door, with or without network: the code that was said, who received, a photo, a signature and
// the place. Nothing here can tell whether the code is right.

import { reducir } from "./camara.js";
import { faltaCodigo } from "./damm.js";
import { Firma } from "./firma.js";

const LUGAR_MS = 8000;
const ESPERA_MS = 2000; // a delivery does not wait longer for where it was

export class Entrega {
  constructor(formulario, lienzo) {
    this.formulario = formulario;
    this.firma = new Firma(lienzo);
  }

  // [what is missing, where], or null.
  falta() {
    const { codigo_entrega, receptor, relacion, prueba } = this.formulario;
    const mal = faltaCodigo(codigo_entrega.value);
    if (mal) return [mal, codigo_entrega];
    if (relacion.value !== "destinatario" && !receptor.value.trim()) return ["Escriba quién lo recibe.", receptor];
    if (!prueba.files.length && this.firma.vacia) return ["Tome una foto o pida la firma.", prueba];
    return null;
  }

  // What was filled in leaves the form at once: whoever hands over the next one is already typing it.
  tomar() {
    const { codigo_entrega, receptor, relacion, prueba } = this.formulario;
    const tomado = {
      codigo_entrega: codigo_entrega.value,
      receptor: receptor.value,
      relacion: relacion.value,
      foto: prueba.files[0],
      firma: this.firma.imagen(),
      donde: this.#donde(),
    };
    this.limpiar();
    return tomado;
  }

  async lectura({ codigo_entrega, receptor, relacion, foto, firma, donde }) {
    const archivos = {};
    if (foto) archivos.foto = await reducir(foto);
    const trazo = await firma;
    if (trazo) archivos.firma = trazo;
    const entrega = {
      codigo_entrega: codigo_entrega.replace(/[\s-]/g, ""),
      receptor_nombre: receptor.trim(),
      relacion,
      ...(await donde),
    };
    return { entrega, archivos };
  }

  // What could not be kept, back in the form unless the next one is there already.
  async reponer({ codigo_entrega, receptor, relacion, foto, firma }) {
    const f = this.formulario;
    if (f.codigo_entrega.value || f.receptor.value || f.prueba.files.length || !this.firma.vacia) return;
    f.codigo_entrega.value = codigo_entrega;
    f.receptor.value = receptor;
    f.relacion.value = relacion;
    if (foto) {
      const lista = new DataTransfer();
      lista.items.add(foto);
      f.prueba.files = lista.files;
    }
    const trazo = await firma;
    if (trazo && this.firma.vacia) await this.firma.poner(trazo);
  }

  // Asked for while the rest is filled in: whoever carries the telephone may say no, and it may take a while.
  ubicar() {
    this.lugar ??= lugar();
  }

  #donde() {
    this.ubicar();
    return Promise.race([this.lugar, new Promise((bien) => setTimeout(bien, ESPERA_MS, {}))]);
  }

  limpiar() {
    this.lugar = null;
    const { codigo_entrega, receptor, relacion, prueba } = this.formulario;
    for (const campo of [codigo_entrega, receptor, prueba]) campo.value = "";
    relacion.selectedIndex = 0;
    this.firma.borrar();
  }
}

// Where the telephone is, if it may be known soon; a delivery does not wait for it.
function lugar() {
  if (!navigator.geolocation) return {};
  return new Promise((bien) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: c }) =>
        bien({ latitud: c.latitude.toFixed(6), longitud: c.longitude.toFixed(6), precision_m: Math.round(c.accuracy) }),
      () => bien({}),
      { timeout: LUGAR_MS, maximumAge: 60_000, enableHighAccuracy: true },
    );
  });
}
