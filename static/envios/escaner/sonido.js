// A beep that says yes, two low ones that say look here. Sound, colour and words always go together.

let contexto = null;

function tono(frecuencia, cuando, duracion) {
  const oscilador = contexto.createOscillator();
  const volumen = contexto.createGain();
  oscilador.frequency.value = frecuencia;
  volumen.gain.setValueAtTime(0.2, cuando);
  volumen.gain.exponentialRampToValueAtTime(0.001, cuando + duracion);
  oscilador.connect(volumen).connect(contexto.destination);
  oscilador.start(cuando);
  oscilador.stop(cuando + duracion);
}

export function sonar(bien) {
  if (!("AudioContext" in globalThis)) return;
  contexto ??= new AudioContext();
  contexto.resume();
  const ya = contexto.currentTime;
  if (bien) tono(1320, ya, 0.12);
  else [0, 0.22].forEach((pausa) => tono(220, ya + pausa, 0.18));
  navigator.vibrate?.(bien ? 60 : [120, 80, 120]);
}
