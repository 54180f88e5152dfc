// Reads the label with the camera where the browser can (BarcodeDetector). The form works without it, and with
// any bar code reader that types and presses Enter.

const caja = document.querySelector("[data-camara]");
const numero = document.querySelector("#numero");
const abrir = caja?.querySelector("[data-camara-abrir]");
const video = caja?.querySelector("[data-camara-video]");
const estado = caja?.querySelector("[data-camara-estado]");
const S10 = /([A-Z]{2}[0-9]{9}[A-Z]{2})\/?$/;
const PAUSA_MS = 200;

let flujo = null;

function cerrar() {
  flujo?.getTracks().forEach((pista) => pista.stop());
  flujo = null;
  video.hidden = true;
}

async function leer(detector) {
  if (!flujo) return;
  const codigos = await detector.detect(video).catch(() => []);
  // The bars hold the number, the QR the address of its tracking page.
  const leido = codigos.map((c) => S10.exec(c.rawValue.trim().toUpperCase())?.[1]).find(Boolean);
  if (!leido) {
    setTimeout(() => leer(detector), PAUSA_MS);
    return;
  }
  cerrar();
  numero.value = leido;
  numero.focus();
  estado.textContent = `Leído ${leido}. Pulse Registrar.`;
  navigator.vibrate?.(80);
}

async function comenzar() {
  const formatos = await BarcodeDetector.getSupportedFormats();
  const detector = new BarcodeDetector({ formats: ["code_128", "qr_code"].filter((f) => formatos.includes(f)) });
  try {
    flujo = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    estado.textContent = "No se pudo abrir la cámara. Escriba el número.";
    estado.classList.remove("sr");
    return;
  }
  video.srcObject = flujo;
  video.hidden = false;
  await video.play();
  leer(detector);
}

if (caja && "BarcodeDetector" in globalThis && navigator.mediaDevices) {
  caja.hidden = false;
  abrir.addEventListener("click", comenzar);
  addEventListener("pagehide", cerrar);
}
if (numero && document.querySelector("#codigo")?.value) numero.focus();
