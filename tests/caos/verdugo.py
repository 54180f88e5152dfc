"""Who dies, and when: kill -9 of the platform's processes while it works."""

import os
import random
import signal
import threading
import time
from collections import Counter

from tests.ayudas.viva import PlataformaViva, descendientes, linea_de_orden

# How many of each twenty deaths.
MAZO = {"conexion": 10, "web": 3, "trabajador": 2, "valkey": 2, "postgres": 2, "agenda": 1}
ESPERA_S = 60  # for a victim to be alive: what was killed must have come back


class Verdugo(threading.Thread):
    """Kills `muertes` processes, spread over `segundos`; `fallo` tells what did not come back."""

    def __init__(
        self, plataforma: PlataformaViva, muertes: int, segundos: float, azar: random.Random
    ) -> None:
        super().__init__(name="verdugo")
        self.plataforma, self.azar = plataforma, azar
        self.pausa_s = segundos / max(muertes, 1)
        self.turnos = self._barajar(muertes)
        self.hechas: Counter[str] = Counter()
        self.fallo: str | None = None
        self.basta = threading.Event()

    def _barajar(self, muertes: int) -> list[str]:
        """Every kind as often as the deck says, beginning with one of each, so that few deaths show all."""
        turnos: list[str] = []
        while len(turnos) < muertes:
            una_de_cada, resto = list(MAZO), [rol for rol, n in MAZO.items() for _ in range(n - 1)]
            self.azar.shuffle(una_de_cada)
            self.azar.shuffle(resto)
            turnos += una_de_cada + resto
        return turnos[:muertes]

    def run(self) -> None:
        for rol in self.turnos:
            if self.basta.wait(self.pausa_s * self.azar.uniform(0.5, 1.5)):
                return
            if not self._matar(rol):
                self.fallo = f"«{rol}» no volvió en {ESPERA_S} s"
                return
            self.hechas[rol] += 1

    def _matar(self, rol: str) -> bool:
        limite = time.monotonic() + ESPERA_S
        while time.monotonic() < limite and not self.basta.is_set():
            for pid in self._victimas(rol):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                return True
            time.sleep(0.1)
        return False

    def _victimas(self, rol: str) -> list[int]:
        """Processes of that kind in random order: for "postgres" the postmaster, for "conexion" the server
        process of one connection (PostgreSQL then restarts all of them and recovers)."""
        vivos = self.plataforma.procesos()
        if rol != "conexion":
            return self.azar.sample(vivos[rol], len(vivos[rol]))
        hijos = [hijo for padre in vivos["postgres"] for hijo in descendientes(padre)]
        conexiones = [pid for pid in hijos if linea_de_orden(pid).startswith("postgres: qhatu ")]
        return self.azar.sample(conexiones, len(conexiones))
