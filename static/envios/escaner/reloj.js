// The telephone's clock, which may be wrong and may be moved while we work. Times here are its own ("ms"); how
// far the server's is from it is measured at each contact, and both go up with each reading.

const SALTO_MS = 2000;

export class Reloj {
  constructor(pared = () => Date.now(), continuo = () => performance.now()) {
    this.pared = pared;
    this.continuo = continuo;
    this.sesion = crypto.randomUUID();
    this.retraso = 0; // what the clock was put back while we worked: time never goes back within a session
    this.ultimo = { pared: pared(), continuo: continuo() };
    this.contacto = null; // {desfase, deriva} of the last time that the server told its own
  }

  // The instant, and `deriva`: how far the clock on the wall went ahead of the one that nobody moves. It grows
  // when somebody puts the clock forward, and when the telephone sleeps.
  leer() {
    const ahora = { pared: this.pared(), continuo: this.continuo() };
    const esperado = this.ultimo.pared + (ahora.continuo - this.ultimo.continuo);
    if (ahora.pared < esperado - SALTO_MS) this.retraso += esperado - ahora.pared;
    this.ultimo = ahora;
    const ms = Math.round(ahora.pared + this.retraso);
    return { ms, zona_min: -new Date(ahora.pared).getTimezoneOffset(), deriva: ms - ahora.continuo };
  }

  // The server said its time: asked at `antes`, answered now. Gives {desfase, deriva} and what was before.
  contar(servidorMs, antes) {
    const { ms, deriva } = this.leer();
    const previo = this.contacto;
    this.contacto = { desfase: Math.round(servidorMs - (antes + ms) / 2), deriva };
    return { ...this.contacto, previo };
  }
}

// How far off the clock was when something was read in this session. When the offset moved between two contacts,
// the clock was put forward in between: what was read after that is measured by the later one. (A telephone that
// slept does not move the offset.)
export function desfaseDe(lectura, contacto) {
  const { previo } = contacto;
  if (!previo) return lectura.desfase_ms ?? contacto.desfase;
  if (Math.abs(contacto.desfase - previo.desfase) <= SALTO_MS) return lectura.desfase_ms ?? previo.desfase;
  const despues = Math.abs(lectura.deriva - contacto.deriva) < Math.abs(lectura.deriva - previo.deriva);
  return despues ? contacto.desfase : (lectura.desfase_ms ?? previo.desfase);
}
