"""What the journeys share: an API client per person, and the clock of a live platform."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import psycopg
from sqlalchemy import make_url

from plataforma.servidores.postgres import ADMINISTRADOR
from tests.ayudas.viva import RAIZ, PlataformaViva

ENTREGA = {
    "destinatario": "Luis Prueba",
    "telefono": "70012345",
    "municipio_ine": "020101",
    "referencia": "Zona San Pedro, casa de puerta verde frente a la plaza",
}


@dataclass
class Cliente:
    """The API as one person. Retries what a dying server leaves unanswered, with the same key."""

    plataforma: PlataformaViva
    persona: str
    paciencia_s: float = 30

    def __post_init__(self) -> None:
        self.etag = ""
        self.http = httpx.Client(
            base_url=self.plataforma.url,
            headers={"Authorization": f"Bearer {self.plataforma.token(self.persona)}", "Connection": "close"},
            timeout=20,
        )

    def pedir(self, metodo: str, ruta: str, cuerpo: Any = None, *, espera: int, **cabeceras: str) -> Any:
        cabeceras = {n.replace("_", "-"): v for n, v in cabeceras.items()}
        if metodo == "POST":
            cabeceras.setdefault("Idempotency-Key", str(uuid4()))
        limite = time.monotonic() + self.paciencia_s
        while True:
            dicho = "nada"
            try:
                respuesta = self.http.request(metodo, "/api/v1" + ruta, json=cuerpo, headers=cabeceras)
                if respuesta.status_code != 503 and "clave_en_curso" not in respuesta.text:
                    break  # else it asks to be repeated: the one that died may still be letting go
                dicho = respuesta.text
            except httpx.TransportError:
                pass
            assert time.monotonic() < limite, f"{metodo} {ruta}: el servicio no vuelve ({dicho})"
            time.sleep(0.1)
        assert respuesta.status_code == espera, f"{metodo} {ruta}: {respuesta.status_code} {respuesta.text}"
        self.etag = respuesta.headers.get("etag", "")
        return respuesta.json() if respuesta.content else None

    def leer(self, ruta: str, espera: int = 200) -> Any:
        return self.pedir("GET", ruta, espera=espera)

    def enviar(self, ruta: str, cuerpo: Any = None, espera: int = 201, **cabeceras: str) -> Any:
        return self.pedir("POST", ruta, cuerpo, espera=espera, **cabeceras)

    def esperar(self, ruta: str, condicion: Any, plazo_s: float = 40) -> Any:
        """Poll a resource until the events in flight have made it so."""
        limite = time.monotonic() + plazo_s
        while not condicion(visto := self.leer(ruta)):
            assert time.monotonic() < limite, f"{ruta} sigue igual: {visto}"
            time.sleep(0.1)
        return visto

    def unidad(self) -> str:
        """The id of the unit this person acts for, by their first mandate."""
        return str(self.leer("/mandatos")["datos"][0]["unidad_id"])

    def saldo(self, titular_id: str) -> str:
        cuentas = [c for c in self.leer("/cuentas")["datos"] if c["titular_id"] == titular_id]
        return str(cuentas[0]["saldo"]["monto"]) if cuentas else "0.00"


def adelantar_reloj(plataforma: PlataformaViva, cuanto: str) -> None:
    """Move the database's clock of a live platform; its connections are dropped so that all see it.

    It returns when they are gone: one told to end that has not yet looks alive to the pool, and whoever
    gets it reads «El servicio está ocupado». What moves the clock is `al_final`, even if it puts it back: an
    account's clock never goes back, so what is written to it meanwhile dates what comes later.
    """
    plataforma.tokens.clear()
    estado = json.loads((plataforma.datos / "estado.json").read_text(encoding="utf-8"))
    url = make_url(estado["dueno"]).set(username=ADMINISTRADOR, password="").render_as_string()
    with psycopg.connect(url, autocommit=True) as conexion:
        (base,) = conexion.execute("SELECT current_database()").fetchone()  # type: ignore[misc]
        conexion.execute(f"ALTER DATABASE {base} SET qhatu.desfase = '{cuanto}'")
        conexion.execute(
            "SELECT pg_terminate_backend(pid, 20000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


_ANUNCIAR = """
import json, sys
from sqlmodel import select
from envios import crear_envio
from envios.items.modelos import Envio
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion

COMO = (
    "remitente_parte_id", "destinatario_parte_id", "destinatario_nombre", "destinatario_telefono",
    "destino_municipio_ine", "destino_referencia", "operador_unidad_id", "peso_g",
    "contenido",
)
with transaccion() as sesion:
    otro = sesion.exec(select(Envio).where(Envio.operador_unidad_id == sys.argv[1]).limit(1)).one()
    datos = {campo: getattr(otro, campo) for campo in COMO}
    hechos = [
        crear_envio(sesion, Autorizacion.propia(Actor.sistema("prueba")), **datos)
        for _ in range(int(sys.argv[2]))
    ]
    print(json.dumps([(str(e.id), e.numero, e.codigo_entrega) for e in hechos]))
"""


def anunciar(viva: PlataformaViva, operador: str, cuantos: int) -> list[tuple[str, str, str]]:
    """Parcels like one of the demonstration: (id, number, the recipient's code)."""
    return [tuple(e) for e in json.loads(correr(viva, _ANUNCIAR, operador, str(cuantos)).splitlines()[-1])]


def correr(viva: PlataformaViva, programa: str, *argumentos: str) -> str:
    """What a program says that is run on the data of a live platform: a sweep whose hour is far."""
    estado = json.loads((viva.datos / "estado.json").read_text(encoding="utf-8"))
    fin = subprocess.run(
        [sys.executable, "-c", programa, *argumentos],
        cwd=RAIZ,
        env={**os.environ, **viva.entorno, **estado["entorno"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert fin.returncode == 0, fin.stderr
    return fin.stdout
