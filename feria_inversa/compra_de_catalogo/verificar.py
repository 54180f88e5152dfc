"""`qhatu verify`: each purchase, its order, what that holds of the budget and its certificate agree."""

from collections.abc import Iterator
from itertools import islice

from sqlmodel import Session, col, select

import comercio
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo, Conformidad
from feria_inversa.compra_de_catalogo.seguir import PAGADOS
from nucleo.dinero import cero, formato_bs
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
LOTE = 200
_E, _C = EstadoCompra, comercio.EstadoCompromiso


@comprueba("compras del catalogo")
def verificar_compras(sesion: Session) -> list[str]:
    """What was ordered is committed for that entity, of that certificate, to that seller, and ends so."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    ids = list(sesion.exec(select(CompraDeCatalogo.id).order_by(col(CompraDeCatalogo.id))))
    for desde in range(0, len(ids), LOTE):
        consulta = select(CompraDeCatalogo).where(col(CompraDeCatalogo.id).in_(ids[desde : desde + LOTE]))
        for fila in sesion.exec(consulta.order_by(col(CompraDeCatalogo.id))).all():
            suyos = comercio.compromisos_de_compra(sesion, fila.id)
            for falta in _de_una(fila, list(suyos)):
                yield f"compra {fila.numero}: {falta}"
        sesion.expunge_all()
    recibio = col(Conformidad.persona_id).in_(
        (col(CompraDeCatalogo.solicito_id), col(CompraDeCatalogo.decidio_id))
    )
    suyas = select(CompraDeCatalogo.numero).join(
        Conformidad, col(Conformidad.compra_id) == col(CompraDeCatalogo.id)
    )
    for numero in sesion.exec(suyas.where(recibio).order_by(col(CompraDeCatalogo.numero))):
        yield f"compra {numero}: la recibió quien la pidió o la decidió"


def _de_una(fila: CompraDeCatalogo, suyos: list[comercio.CompromisoLeido]) -> Iterator[str]:
    if fila.pedido_id is None:
        if suyos:
            yield "no se ordenó y compromete presupuesto"
        return
    if [c.pedido_id for c in suyos] != [fila.pedido_id]:
        yield "su pedido no es el que compromete presupuesto"
        return
    (compromiso,) = suyos
    dice = (fila.unidad_id, fila.certificacion_id, fila.vendedor_id, fila.ordenado)
    if dice != (
        compromiso.entidad_id,
        compromiso.certificacion_id,
        compromiso.vendedor_id,
        compromiso.monto,
    ):
        yield f"compromete {formato_bs(compromiso.monto)} de otro modo que se aprobó"
    if fila.estado in (_E.ORDENADA, _E.RECIBIDA) and compromiso.estado in PAGADOS | {_C.LIBERADO}:
        yield f"sigue en curso y lo comprometido está «{compromiso.estado}»"
    if fila.estado == _E.PAGADA and compromiso.estado not in PAGADOS:
        yield f"está pagada y lo comprometido está «{compromiso.estado}»"
    if fila.estado == _E.ANULADA and (compromiso.estado is not _C.LIBERADO or compromiso.queda != cero()):
        yield "quedó sin efecto y todavía compromete presupuesto"
