"""The same key from everybody at once, over real HTTP: one effect, one answer, and no other body under it.

`QHATU_PRUEBAS_CLAVES=1000` (as `make caos` does) uses that many keys.
"""

import asyncio
import json
import os
import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.ayudas.viva import PlataformaViva
from tests.caos.http import Conexion
from tests.caos.test_muertes import como_persona, sin_prisa
from tests.jornadas.ayudas import Cliente

CLAVES = int(os.environ.get("QHATU_PRUEBAS_CLAVES", "40"))
A_LA_VEZ = 20
DISTINTAS = 5  # of the twenty, those that send another body

pytestmark = pytest.mark.lento
Enviar = Callable[[Conexion, int, bool], Any]


async def _carrera(puerto: int, enviar: Enviar) -> list[list[tuple[bool, int, bytes]]]:
    """For each key, what the twenty were answered: (other body?, status, bytes)."""
    conexiones = [Conexion(puerto) for _ in range(A_LA_VEZ)]
    orden = [i < DISTINTAS for i in range(A_LA_VEZ)]
    azar = random.Random(CLAVES)
    respuestas = []
    for clave in range(CLAVES):
        azar.shuffle(orden)
        juntas = await asyncio.gather(
            *(_hasta_saber(enviar, c, clave, otra) for c, otra in zip(conexiones, orden, strict=True))
        )
        respuestas.append([(otra, *r) for otra, r in zip(orden, juntas, strict=True)])
    for conexion in conexiones:
        conexion.cerrar()
    return respuestas


async def _hasta_saber(enviar: Enviar, conexion: Conexion, clave: int, otra: bool) -> tuple[int, bytes]:
    """Who is told that the same key is in progress asks again."""
    while True:
        estado, cuerpo = await enviar(conexion, clave, otra)
        if estado != 409:
            return estado, cuerpo
        assert json.loads(cuerpo)["codigo"] in ("clave_en_curso", "transferencia_en_curso")
        await asyncio.sleep(0.02)


def _exigir_un_ganador(respuestas: list[tuple[bool, int, bytes]], rechazo: str) -> tuple[bool, bytes]:
    """One body won: all who sent it read the same bytes, all the others were refused."""
    (gana,) = {otra for otra, estado, _cuerpo in respuestas if estado != 422}
    (bytes_,) = {cuerpo for otra, _estado, cuerpo in respuestas if otra == gana}
    rechazadas = [json.loads(cuerpo)["codigo"] for otra, _estado, cuerpo in respuestas if otra != gana]
    assert rechazadas == [rechazo] * (A_LA_VEZ - DISTINTAS if gana else DISTINTAS)
    return gana, bytes_


def test_una_transferencia_por_id(plataforma_viva: PlataformaViva) -> None:
    sin_prisa(plataforma_viva)
    ana, luis = (Cliente(plataforma_viva, p) for p in ("ana", "luis"))
    paga, recibe = como_persona(ana), como_persona(luis)
    ids = [str(uuid4()) for _ in range(CLAVES)]

    def enviar(conexion: Conexion, clave: int, otra: bool) -> Any:
        monto = {"monto": "0.02" if otra else "0.01", "moneda": "BOB"}
        cuerpo = {"id": ids[clave], "debito": paga.cuenta, "credito": recibe.cuenta, "monto": monto}
        return conexion.enviar("/transferencias", paga.token, cuerpo)

    respuestas = asyncio.run(_carrera(plataforma_viva.puerto, enviar))

    debidos = {}
    for id, juntas in zip(ids, respuestas, strict=True):
        gana, cuerpo = _exigir_un_ganador(juntas, "existe_con_otro_monto")
        debidos[id] = 2 if gana else 1
        assert json.loads(cuerpo)["id"] == id
        assert sorted(estado for otra, estado, _ in juntas if otra == gana)[-1] == 201
        assert [estado for _otra, estado, _ in juntas].count(201) == 1
    filas = plataforma_viva.en_la_base(
        "SELECT id::text, monto FROM pagos_transferencia WHERE id = ANY(%s::uuid[])", ids
    )
    assert dict(filas) == debidos


def test_una_orden_de_cobro_por_clave(plataforma_viva: PlataformaViva) -> None:
    """Nothing but the key holds these apart: without it, twenty orders would be made."""
    alcaldia = Cliente(plataforma_viva, "alcaldia")
    token, unidad = como_persona(alcaldia).token, alcaldia.unidad()
    serie = uuid4().hex
    claves = [f"{serie}-{i}" for i in range(CLAVES)]

    def enviar(conexion: Conexion, clave: int, otra: bool) -> Any:
        linea = {"descripcion": "Clave", "precio": {"monto": "2.00" if otra else "1.00", "moneda": "BOB"}}
        cuerpo = {"unidad_id": unidad, "detalle": f"Clave {claves[clave]}", "lineas": [linea]}
        return conexion.enviar("/ordenes-de-cobro", token, cuerpo, claves[clave])

    respuestas = asyncio.run(_carrera(plataforma_viva.puerto, enviar))

    ordenes = []
    for juntas in respuestas:
        gana, cuerpo = _exigir_un_ganador(juntas, "clave_con_otro_cuerpo")
        assert {estado for otra, estado, _ in juntas if otra == gana} == {201}
        ordenes.append((json.loads(cuerpo)["id"], 200 if gana else 100))
    filas = plataforma_viva.en_la_base(
        "SELECT id::text, monto FROM pagos_orden WHERE detalle LIKE %s", f"Clave {serie}-%"
    )
    assert sorted(filas) == sorted(ordenes)
