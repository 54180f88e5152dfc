"""Reads of the budget certificates, and who may see each."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.certificaciones.errores import CertificacionNoEncontrada
from feria_inversa.certificaciones.estados import EstadoCertificacion
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.certificaciones.quien import exigir_que_la_vea, la_ve
from nucleo.actor import Actor
from nucleo.dinero import cero
from nucleo.paginacion import CursorPedido, paginar
from pagos.presupuesto import Certificado, certificados


def certificacion_visible(sesion: Session, actor: Actor, certificacion_id: UUID) -> Certificacion:
    """For the people of its entity; for others there is none. Raises `CertificacionNoEncontrada`."""
    fila = sesion.get(Certificacion, certificacion_id)
    if fila is None or not la_ve(sesion, actor, fila.unidad_id):
        raise CertificacionNoEncontrada
    return fila


def certificaciones_de(
    sesion: Session, actor: Actor, unidad_id: UUID, pagina: CursorPedido
) -> tuple[list[Certificacion], str | None]:
    """Those of an entity, the last one written down first. Raises `SinFacultad`."""
    exigir_que_la_vea(sesion, actor, unidad_id)
    consulta = select(Certificacion).where(Certificacion.unidad_id == unidad_id)
    return paginar(sesion, consulta, pagina, columnas=(Certificacion.id,))


def vigentes_de(sesion: Session, unidad_id: UUID) -> list[Certificacion]:
    """Those of an entity of which something may still be committed, by their number."""
    consulta = select(Certificacion).where(
        Certificacion.unidad_id == unidad_id, Certificacion.estado == EstadoCertificacion.VIGENTE
    )
    return list(sesion.exec(consulta.order_by(col(Certificacion.gestion), col(Certificacion.numero))))


def con_ese_numero(sesion: Session, unidad_id: UUID, gestion: int, numero: str) -> list[Certificacion]:
    """Those of an entity and year with that number: one, besides those that were annulled."""
    consulta = select(Certificacion).where(
        Certificacion.unidad_id == unidad_id,
        Certificacion.gestion == gestion,
        Certificacion.numero == numero,
    )
    return list(sesion.exec(consulta.order_by(col(Certificacion.id))))


def en_el_libro(sesion: Session, filas: Collection[Certificacion]) -> dict[UUID, Certificado]:
    """What the ledger says of each: certified, committed, spent, left."""
    hallados = certificados(sesion, [fila.id for fila in filas])
    nada = cero()
    return {
        fila.id: hallados.get(fila.id) or Certificado(fila.id, fila.unidad_id, nada, nada, nada, nada)
        for fila in filas
    }
