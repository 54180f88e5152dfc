// A signature with the finger, as a picture.

export class Firma {
  constructor(lienzo) {
    this.lienzo = lienzo;
    this.vacia = true;
    lienzo.addEventListener("pointerdown", (e) => this.#empezar(e));
    lienzo.addEventListener("pointermove", (e) => this.#seguir(e));
    for (const fin of ["pointerup", "pointercancel"]) lienzo.addEventListener(fin, () => (this.trazo = false));
  }

  // The canvas has as many points as the screen gives it; whoever signs after a turn of the telephone begins again.
  borrar() {
    const { lienzo } = this;
    lienzo.width = lienzo.clientWidth * 2;
    lienzo.height = lienzo.clientHeight * 2;
    const pincel = lienzo.getContext("2d");
    pincel.fillStyle = "#fff";
    pincel.fillRect(0, 0, lienzo.width, lienzo.height);
    Object.assign(pincel, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
    this.vacia = true;
  }

  #punto(e) {
    return [e.offsetX * 2, e.offsetY * 2];
  }

  #empezar(e) {
    if (this.lienzo.width !== this.lienzo.clientWidth * 2) this.borrar();
    this.trazo = true;
    this.lienzo.setPointerCapture(e.pointerId);
    this.lienzo.getContext("2d").beginPath();
    this.#seguir(e);
  }

  #seguir(e) {
    if (!this.trazo) return;
    const pincel = this.lienzo.getContext("2d");
    pincel.lineTo(...this.#punto(e));
    pincel.stroke();
    this.vacia = false;
  }

  // A signature that was taken before.
  async poner(imagen) {
    this.lienzo.getContext("2d").drawImage(await createImageBitmap(imagen), 0, 0);
    this.vacia = false;
  }

  // At once, for a form that is leaving.
  archivo() {
    const letras = atob(this.lienzo.toDataURL("image/png").split(",")[1]);
    return new File([Uint8Array.from(letras, (l) => l.charCodeAt(0))], "firma.png", { type: "image/png" });
  }

  async imagen() {
    return this.vacia ? null : new Promise((bien) => this.lienzo.toBlob(bien, "image/png"));
  }
}
