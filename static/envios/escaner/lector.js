// A bar code reader is a keyboard. With Enter at its end it sends the form; without, a whole number that came faster
// than anybody types is taken as read.

import * as s10 from "./s10.js";

const MAS_RAPIDO_QUE_NADIE_MS = 500;
const CALLA_MS = 200;
const ESCRIBE = "input, select, textarea";

export class Lector {
  constructor(numero, alLeer) {
    this.numero = numero;
    this.alLeer = alLeer;
    this.desde = -Infinity;
    numero.addEventListener("input", () => this.#sigue());
    // It types wherever the focus is: on nothing that takes text, it is for the number.
    document.addEventListener("keydown", (e) => {
      if (e.key.length === 1 && e.key !== " " && !e.ctrlKey && !e.metaKey && !e.target.closest?.(ESCRIBE)) numero.focus();
    });
  }

  // The form took it.
  callar() {
    clearTimeout(this.espera);
  }

  #sigue() {
    this.callar();
    const { value: escrito } = this.numero;
    const ahora = performance.now();
    if (escrito.length <= 1) this.desde = ahora;
    const numero = s10.deEtiqueta(escrito);
    if (ahora - this.desde > MAS_RAPIDO_QUE_NADIE_MS || !s10.entero(numero)) return;
    this.espera = setTimeout(() => this.numero.value === escrito && this.alLeer(numero), CALLA_MS);
  }
}
