"""What the pages of both qualifications, of the technical part and of bids, ask alike: who may write them,
and of each bid, document by document, whether it brings it.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.documentos import Pedido
from feria_inversa.evaluacion import PRESENTE, VerificadoEntrada
from feria_inversa.procesos import ConvocatoriaNoEncontrada, convocatoria_visible, puede_gestionar
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.formularios import Hoja

FILAS_MAXIMAS = 500
"""What a form holds; a larger qualification comes by the API."""
Casillas = dict[tuple[UUID, int], int]


def de_quien_evalua(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The process, for whoever evaluates it; for who does not work for its entity there is no such page."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    return convocatoria


def de_documentos(ofertas: Sequence[UUID], pedidos: Sequence[Pedido]) -> Casillas:
    """The row in which it is asked of each bid whether it brings each document."""
    pares = ((oferta_id, pedido.numero) for oferta_id in ofertas for pedido in pedidos)
    return {par: n for n, par in enumerate(pares, start=1)}


def los_leidos(contexto: Mapping[str, Any], filas: Casillas) -> dict[str, Any]:
    """The documents that came with the bids and can be read are there, until somebody says otherwise."""
    leidos = {
        (oferta_id, d.numero) for _n, oferta_id, suyos in contexto["traidos"] for d in suyos if d.leido_id
    }
    return {f"documentos.{fila}.presente": PRESENTE for par, fila in filas.items() if par in leidos}


def verificados(hoja: Hoja[Any], filas: Casillas) -> dict[UUID, list[VerificadoEntrada]]:
    """What was said of the documents of each bid. A row that is not there is left to the use case to miss."""
    documentos = dict(zip(hoja.filas("documentos"), hoja.datos.documentos, strict=True))
    dichos: dict[UUID, list[VerificadoEntrada]] = {}
    for (oferta_id, numero), fila in filas.items():
        if fila in documentos:
            presente = documentos[fila].presente == PRESENTE
            dicho = VerificadoEntrada.model_construct(numero=numero, presente=presente)
            dichos.setdefault(oferta_id, []).append(dicho)
    return dichos
