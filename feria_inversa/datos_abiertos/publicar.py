"""A release for each act, which says what the act changed; and beside them, what they say together.

The act only notes that it was done, in its transaction. Its release is written by who hears of it, or by the
next act on the process before it changes anything: so a release tells its act, never what came later.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from feria_inversa.actos import a_json, al_publicar, antes_de_un_acto
from feria_inversa.datos_abiertos.bloqueos import publicacion_de
from feria_inversa.datos_abiertos.eventos import ACTO_HECHO
from feria_inversa.datos_abiertos.fusion import DE_CADA_RELEASE, diferencia, fusionar
from feria_inversa.datos_abiertos.modelos import ActoPublico, CompiladoOcds, ReleaseOcds
from feria_inversa.datos_abiertos.ocds import contenido_de
from feria_inversa.datos_abiertos.piezas import fecha
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id

_CABECERA = {"initiationType": "tender", "language": "es"}
_DE_CABECERA = {"ocid", *DE_CADA_RELEASE, *_CABECERA}


@al_publicar
def anotar_acto(sesion: Session, convocatoria_id: UUID, etiquetas: Sequence[str], instante: datetime) -> None:
    """Note an act of a locked process, in its transaction."""
    ultima = select(func.coalesce(func.max(ActoPublico.secuencia), 0))
    acto = ActoPublico(
        release_id=str(nuevo_id()),
        convocatoria_id=convocatoria_id,
        secuencia=sesion.exec(ultima.where(ActoPublico.convocatoria_id == convocatoria_id)).one() + 1,
        etiquetas=list(etiquetas),
        hecho_en=instante,
    )
    sesion.add(acto)
    publicar(sesion, ACTO_HECHO, convocatoria_id, {"release_id": acto.release_id})


@antes_de_un_acto
def publicar_lo_anterior(sesion: Session, convocatoria_id: UUID) -> None:
    """What was done in a locked process before is told before anything of it changes.

    In a session of its own, so that the act finds none of these rows read already.
    """
    por_publicar = _por_publicar(convocatoria_id).with_only_columns(col(ActoPublico.release_id))
    if sesion.execute(por_publicar).first() is None:
        return
    with Session(sesion.connection(), join_transaction_mode="rollback_only") as aparte:
        poner_al_dia(aparte, convocatoria_id)


def poner_al_dia(sesion: Session, convocatoria_id: UUID) -> None:
    """Write the releases of the acts of a process that have none. Nobody may change it meanwhile."""
    publicacion_de(sesion, convocatoria_id)
    for acto in sesion.exec(_por_publicar(convocatoria_id)).all():
        _publicar(sesion, acto)


def _por_publicar(convocatoria_id: UUID) -> SelectOfScalar[ActoPublico]:
    publicado = select(CompiladoOcds.secuencia).where(CompiladoOcds.convocatoria_id == convocatoria_id)
    consulta = select(ActoPublico).where(
        ActoPublico.convocatoria_id == convocatoria_id,
        ActoPublico.secuencia > func.coalesce(publicado.scalar_subquery(), 0),
    )
    return consulta.order_by(col(ActoPublico.secuencia))


def _publicar(sesion: Session, acto: ActoPublico) -> None:
    convocatoria = sesion.get_one(Convocatoria, acto.convocatoria_id)
    assert convocatoria.ocid is not None
    fila = sesion.get(CompiladoOcds, convocatoria.id, populate_existing=True)
    compilado = leer(fila.contenido) if fila else {}
    instante = acto.hecho_en
    if compilado:  # a merge takes releases in the order of their dates
        instante = max(instante, datetime.fromisoformat(compilado["date"]))
    cabecera = {
        "ocid": convocatoria.ocid,
        "id": acto.release_id,
        "date": fecha(instante),
        "tag": acto.etiquetas,
    }
    release = cabecera | _CABECERA | por_decir(compilado, publico(sesion, convocatoria))
    sesion.add(
        ReleaseOcds(
            convocatoria_id=convocatoria.id,
            secuencia=acto.secuencia,
            ocid=convocatoria.ocid,
            release_id=acto.release_id,
            fecha=instante,
            etiquetas=acto.etiquetas,
            contenido=a_json(release),
        )
    )
    sesion.flush()
    contenido = a_json(fusionar(compilado, release))
    if fila is None:
        fila = CompiladoOcds(convocatoria_id=convocatoria.id, secuencia=acto.secuencia, contenido=contenido)
    fila.secuencia, fila.contenido = acto.secuencia, contenido
    sesion.add(fila)
    sesion.flush()


def leer(texto: str) -> Any:
    """What `a_json` wrote, with exact decimals."""
    return json.loads(texto, parse_float=Decimal)


def publico(sesion: Session, convocatoria: Convocatoria) -> Any:
    """Everything public of a process now, as it is read."""
    return leer(a_json(contenido_de(sesion, convocatoria)))


def por_decir(compilado: dict[str, Any], publico: dict[str, Any]) -> dict[str, Any]:
    """What no release says yet of all that is public."""
    dicho = {clave: valor for clave, valor in compilado.items() if clave not in _DE_CABECERA}
    return diferencia(dicho, publico)
