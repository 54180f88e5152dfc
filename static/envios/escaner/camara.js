// The camera as a reader (BarcodeDetector) where the browser has it; the same label is not read again at once.

const PAUSA_MS = 150;
const OTRA_VEZ_MS = 3000;

const FORMATOS = ["code_128", "qr_code"];

async function formatos() {
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices?.getUserMedia) return [];
  const sabe = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return FORMATOS.filter((f) => sabe.includes(f));
}

// Some browsers have the detector and nothing behind it.
export const hayLector = async () => (await formatos()).length > 0;

export class Camara {
  constructor(video, alLeer) {
    this.video = video;
    this.alLeer = alLeer;
    this.flujo = null;
    this.ultimo = { texto: "", en: 0 };
  }

  // Gives false when the camera cannot be opened.
  async abrir() {
    const lector = new BarcodeDetector({ formats: await formatos() });
    try {
      this.flujo = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return false;
    }
    this.video.srcObject = this.flujo;
    this.video.hidden = false;
    await this.video.play();
    this.#leer(lector);
    return true;
  }

  cerrar() {
    this.flujo?.getTracks().forEach((pista) => pista.stop());
    this.flujo = null;
    this.video.hidden = true;
  }

  async #leer(lector) {
    if (!this.flujo) return;
    const [codigo] = await lector.detect(this.video).catch(() => []);
    const ahora = performance.now();
    if (codigo && (codigo.rawValue !== this.ultimo.texto || ahora - this.ultimo.en > OTRA_VEZ_MS)) {
      this.ultimo = { texto: codigo.rawValue, en: ahora };
      this.alLeer(codigo.rawValue);
    }
    setTimeout(() => this.#leer(lector), PAUSA_MS);
  }
}

// A photo small enough to wait in the queue: at most 1600 px, JPEG.
export async function reducir(archivo) {
  try {
    const dibujo = await createImageBitmap(archivo);
    const escala = Math.min(1, 1600 / Math.max(dibujo.width, dibujo.height));
    const lienzo = document.createElement("canvas");
    lienzo.width = Math.round(dibujo.width * escala);
    lienzo.height = Math.round(dibujo.height * escala);
    lienzo.getContext("2d").drawImage(dibujo, 0, 0, lienzo.width, lienzo.height);
    return await new Promise((bien) => lienzo.toBlob((b) => bien(b ?? archivo), "image/jpeg", 0.82));
  } catch {
    return archivo; // a format that this browser does not draw: the server judges it
  }
}
