"""What open data tell in a test: releases are written first, as whoever hears of an act does."""

import json
import time
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.datos_abiertos.fusion import fusionar
from feria_inversa.datos_abiertos.modelos import CompiladoOcds, ReleaseOcds
from feria_inversa.datos_abiertos.publicar import poner_al_dia
from feria_inversa.procesos import compartir
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion


def publicar_todo() -> None:
    """The releases of all acts done, one process after another."""
    with transaccion() as sesion:
        publicadas = select(Convocatoria.id).where(col(Convocatoria.ocid).is_not(None))
        ids = sesion.exec(publicadas.order_by(col(Convocatoria.publicado_en))).all()
    for id_ in ids:
        with transaccion() as sesion:
            compartir(sesion, id_)
            poner_al_dia(sesion, id_)


def publicadas(cliente: Any, cuantas: int = 0) -> list[str]:
    """The ids of the list of all, once it has so many: it waits for whoever writes in the same server, as the
    tests of another worker do.
    """
    limite = time.monotonic() + 120
    while True:
        paquete = cliente.get("/ocds/releases.json?limite=100").json()
        ids = [release["id"] for release in paquete["releases"]]
        if len(ids) >= cuantas or time.monotonic() > limite:
            return ids
        time.sleep(0.1)


def releases(sesion: Session, convocatoria_id: UUID | None = None) -> list[ReleaseOcds]:
    publicar_todo()
    consulta = select(ReleaseOcds).order_by(col(ReleaseOcds.convocatoria_id), col(ReleaseOcds.secuencia))
    if convocatoria_id is not None:
        consulta = consulta.where(ReleaseOcds.convocatoria_id == convocatoria_id)
    return list(sesion.exec(consulta))


def etiquetas(sesion: Session) -> list[list[str]]:
    return [release.etiquetas for release in releases(sesion)]


def lo_dicho(sesion: Session, convocatoria_id: UUID | None = None) -> list[Any]:
    """All that was public of the only process, or of this one, after each release, with its tags."""
    salida: list[Any] = []
    publico: dict[str, Any] = {}
    for release in releases(sesion, convocatoria_id):
        publico = fusionar(publico, json.loads(release.contenido))
        salida.append(publico | {"tag": release.etiquetas})
    return salida


def compilado(sesion: Session, convocatoria_id: UUID) -> Any:
    """What is kept of a process beside its releases."""
    publicar_todo()
    return json.loads(sesion.get_one(CompiladoOcds, convocatoria_id, populate_existing=True).contenido)
