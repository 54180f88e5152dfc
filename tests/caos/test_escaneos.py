"""Telephones send their queues while everything dies: nothing acknowledged is lost, nothing is doubled."""

import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.ayudas.viva import PlataformaViva
from tests.caos.verdugo import Verdugo
from tests.jornadas.ayudas import Cliente, anunciar

MUERTES = int(os.environ.get("QHATU_PRUEBAS_MUERTES", "0")) // 4 or 6
TELEFONOS = 4
PAQUETES = 12
CODIGOS = ("EMA", "EMB", "EMC", "EMD", "EMG", "EDG")
PACIENCIA_S = 180

pytestmark = pytest.mark.lento


def _lecturas(numeros: list[str], ahora_ms: int) -> list[dict[str, Any]]:
    """The same story of every parcel, within the same minutes on each telephone."""
    return [
        {
            "id": str(uuid4()),
            "codigo": codigo,
            "numero": numero,
            "reloj": {"ms": ahora_ms - 60_000 + paso * 5_000, "zona_min": -240},
            "desfase_ms": 0,
        }
        for paso, codigo in enumerate(CODIGOS)
        for numero in numeros
    ]


def _enviar(
    cliente: Cliente,
    telefono: dict[str, Any],
    lecturas: list[dict[str, Any]],
    azar: random.Random,
    sigue: Callable[[], bool],
) -> list[dict[str, Any]]:
    """Batches in any order, each until it is answered, and again while somebody kills; what was answered."""
    lotes = [lecturas[i : i + 9] for i in range(0, len(lecturas), 9)]
    azar.shuffle(lotes)
    dichas: list[dict[str, Any]] = []
    limite = time.monotonic() + PACIENCIA_S
    repetidos = iter(lambda: azar.choice(lotes) if sigue() else None, None)
    for lote in chain(lotes, repetidos):
        while True:
            assert time.monotonic() < limite, "el servicio no vuelve"
            telefono["enviado"] = {"ms": int(time.time() * 1000), "zona_min": -240}
            try:
                respuesta = cliente.http.post("/escaner/cola", json={**telefono, "escaneos": lote})
            except httpx.TransportError:
                time.sleep(0.2)
                continue
            if respuesta.status_code == 200:
                dichas += respuesta.json()["resultados"]
                break
            assert respuesta.status_code in (429, 503), respuesta.text
            time.sleep(0.2)
    return dichas


def test_las_colas_llegan_enteras_mientras_todo_muere(plataforma_viva: PlataformaViva) -> None:
    carla = Cliente(plataforma_viva, "correos")
    estado = carla.http.get("/escaner/estado").json()
    operador = estado["operadores"][0]["id"]
    paquetes = anunciar(plataforma_viva, operador, PAQUETES)
    ids, numeros = [p[0] for p in paquetes], [p[1] for p in paquetes]
    colas = [_lecturas(numeros, estado["ahora_ms"]) for _ in range(TELEFONOS)]
    verdugo = Verdugo(plataforma_viva, MUERTES, MUERTES * 1.5, random.Random(4))

    def telefono(i: int) -> list[dict[str, Any]]:
        suyo = {
            "persona_id": estado["persona_id"],
            "operador_unidad_id": operador,
            "dispositivo_id": str(uuid4()),
        }
        return _enviar(
            Cliente(plataforma_viva, "correos"), suyo, colas[i], random.Random(i), verdugo.is_alive
        )

    verdugo.start()
    try:
        with ThreadPoolExecutor(TELEFONOS) as hilos:
            dichas = [d for suyas in hilos.map(telefono, range(TELEFONOS)) for d in suyas]
    finally:
        verdugo.basta.set()
        verdugo.join()
    assert verdugo.fallo is None, plataforma_viva.salida()
    print(f"\nescaneos: {len(dichas)} respuestas, muertes {dict(verdugo.hechas)}")

    rechazadas = [d for d in dichas if d["resultado"] == "rechazado"]
    assert rechazadas == []
    filas = dict(
        plataforma_viva.en_la_base(
            "SELECT id::text, estado FROM envios_escaneo WHERE id = ANY(%s::uuid[])",
            [d["id"] for d in dichas],
        )
    )
    assert filas.keys() == {e["id"] for cola in colas for e in cola}
    assert set(filas.values()) <= {"registrado", "ya_estaba"}
    vigentes = plataforma_viva.en_la_base(
        "SELECT v.envio_id::text, v.codigo, count(*)::int FROM envios_evento v"
        " WHERE v.envio_id = ANY(%s::uuid[]) AND NOT EXISTS (SELECT FROM envios_correccion c"
        " WHERE c.operador_unidad_id = v.operador_unidad_id AND c.evento_cliente_id = v.evento_cliente_id)"
        " GROUP BY 1, 2",
        ids,
    )
    assert sorted(vigentes) == sorted((envio, codigo, 1) for envio in ids for codigo in CODIGOS)
    verificacion = plataforma_viva.orden("verify", "envios")
    assert verificacion.returncode == 0, verificacion.stdout + verificacion.stderr
