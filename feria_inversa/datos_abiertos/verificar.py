"""`qhatu verify`: the documents of each process are those that its last release told, to the byte."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlmodel import Session, col, select

from feria_inversa.datos_abiertos.documentos import id_de_documento
from feria_inversa.datos_abiertos.modelos import ReleaseOcds
from feria_inversa.documentos import documentos_de
from feria_inversa.documentos.modelos import Documento
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50


@comprueba("documentos de la feria")
def verificar_documentos(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    con_documentos = select(Documento.convocatoria_id).distinct()
    publicados = select(Convocatoria).where(
        col(Convocatoria.id).in_(con_documentos), col(Convocatoria.publicado_en).is_not(None)
    )
    for proceso in sesion.exec(publicados.order_by(col(Convocatoria.cuce))):
        dichos = {d["id"]: d.get("description", "") for d in _dichos(sesion, proceso)}
        for documento in documentos_de(sesion, proceso.id):
            dicho = dichos.get(id_de_documento(proceso, documento.vigente.numero), "")
            if not dicho.endswith(documento.vigente.sha256):
                yield f"{proceso.cuce} no publicó así su documento {documento.vigente.numero}"


def _dichos(sesion: Session, proceso: Convocatoria) -> list[dict[str, Any]]:
    """The documents that the last release of a process told of."""
    consulta = select(ReleaseOcds.contenido).where(ReleaseOcds.convocatoria_id == proceso.id)
    ultimo = sesion.exec(consulta.order_by(col(ReleaseOcds.secuencia).desc()).limit(1)).first()
    documentos: list[dict[str, Any]] = json.loads(ultimo)["tender"]["documents"] if ultimo else []
    return documentos
