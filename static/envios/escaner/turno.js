// One at a time, in whatever tab: sending and undoing never cross.

let cadena = Promise.resolve();

export function turno(orden) {
  if (navigator.locks) return navigator.locks.request("qhatu-escaner", orden);
  const hecho = cadena.then(orden, orden);
  cadena = hecho.catch(() => {});
  return hecho;
}
