"""`qhatu verify`: what the ledger says of each certificate is what its row says."""

from collections.abc import Iterator
from itertools import islice

from sqlmodel import Session, col, select

from feria_inversa.certificaciones.consultas import en_el_libro
from feria_inversa.certificaciones.estados import EstadoCertificacion
from feria_inversa.certificaciones.modelos import Certificacion
from nucleo.dinero import cero, formato_bs
from nucleo.verificar import comprueba
from pagos.presupuesto import Certificado

FALTAS_MAXIMO = 50
LOTE = 500


@comprueba("certificaciones")
def verificar_certificaciones(sesion: Session) -> list[str]:
    """In force, all of it is in the ledger; ended, nothing is left to commit."""
    return list(islice(_faltas(sesion), FALTAS_MAXIMO))


def _faltas(sesion: Session) -> Iterator[str]:
    ids = list(sesion.exec(select(Certificacion.id).order_by(col(Certificacion.id))))
    for desde in range(0, len(ids), LOTE):
        consulta = select(Certificacion).where(col(Certificacion.id).in_(ids[desde : desde + LOTE]))
        filas = list(sesion.exec(consulta.order_by(col(Certificacion.id))))
        libro = en_el_libro(sesion, filas)
        for fila in filas:
            for falta in _de_una(fila, libro[fila.id]):
                yield f"certificación {fila.numero} de {fila.gestion}: {falta}"
        sesion.expunge_all()


def _de_una(fila: Certificacion, libro: Certificado) -> Iterator[str]:
    if libro.unidad_id != fila.unidad_id:
        yield "el libro la tiene de otra entidad"
    if fila.estado == EstadoCertificacion.VIGENTE and libro.certificado != fila.monto:
        yield f"dice {formato_bs(fila.monto)} y el libro {formato_bs(libro.certificado)}"
    if fila.estado != EstadoCertificacion.VIGENTE and libro.disponible != cero():
        yield f"terminó y le quedan {formato_bs(libro.disponible)} por comprometer"
