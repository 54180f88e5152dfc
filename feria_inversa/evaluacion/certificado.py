"""What is certified of the budget for a process, against what it awards: never more, where it named it.

An award moves nothing in the ledger of budgets (its order is paid by its entity's C-31): of a certificate is
left what the ledger says, less what the processes that it covers have awarded.
"""

from collections.abc import Collection
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, type_coerce
from sqlmodel import Session, col, func, select

from feria_inversa.certificaciones import EstadoCertificacion, bloquear_certificacion, en_el_libro
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.evaluacion.consultas import en_vigor
from feria_inversa.evaluacion.errores import CertificadoNoAlcanza
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.procesos import Estado, EstadoItem, certificado_de
from feria_inversa.procesos.modelos import CertificadoDeProceso, Convocatoria, Item
from nucleo.dinero import cero, de_centavos, formato_bs
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def _adjudicado(sesion: Session, certificaciones: Collection[UUID], salvo: UUID | None) -> dict[UUID, Money]:
    """How much the processes that each certificate covers award now, but for one of them."""
    suma = func.sum(type_coerce(col(Adjudicacion.total), BigInteger))
    consulta = (
        select(CertificadoDeProceso.certificacion_id, suma)
        .join(Convocatoria, col(Convocatoria.id) == CertificadoDeProceso.convocatoria_id)
        .join(Adjudicacion, col(Adjudicacion.convocatoria_id) == Convocatoria.id)
        .join(Item, col(Item.id) == Adjudicacion.item_id)
        .where(
            col(CertificadoDeProceso.certificacion_id).in_(certificaciones),
            Adjudicacion.resultado == EstadoItem.ADJUDICADO,
            Item.estado == EstadoItem.ADJUDICADO,
            Convocatoria.estado != Estado.CANCELADO,
            en_vigor(),
        )
        .group_by(col(CertificadoDeProceso.certificacion_id))
    )
    if salvo is not None:
        consulta = consulta.where(Convocatoria.id != salvo)
    return {id: de_centavos(int(centavos)) for id, centavos in sesion.exec(consulta)}


def quedan(
    sesion: Session, certificaciones: Collection[Certificacion], salvo: UUID | None = None
) -> dict[UUID, Money]:
    """What is left of each certificate for something else, or for that process; nothing, at least."""
    libro = en_el_libro(sesion, certificaciones)
    adjudicado = _adjudicado(sesion, libro.keys(), salvo)
    return {id: max(hay.disponible - adjudicado.get(id, cero()), cero()) for id, hay in libro.items()}


def exigir_certificado(sesion: Session, convocatoria_id: UUID, total: Money) -> None:
    """Of a locked process that named its certificate: it is in force, and so much is left of it. It stays so
    until this transaction ends. Raises `CertificadoNoAlcanza`.
    """
    certificacion_id = certificado_de(sesion, convocatoria_id)
    if certificacion_id is None or total == cero():
        return
    fila = bloquear_certificacion(sesion, certificacion_id)
    if fila.estado != EstadoCertificacion.VIGENTE or fila.vence_en <= ahora_bd(sesion):
        dice = _("La certificación {} del proceso ya no está vigente: diga otra antes de adjudicar.")
        raise CertificadoNoAlcanza(dice.format(fila.numero))
    queda = quedan(sesion, [fila], convocatoria_id)[fila.id]
    if total > queda:
        dice = _("De la certificación {numero} del proceso quedan {queda}, y la adjudicación es de {total}.")
        raise CertificadoNoAlcanza(
            dice.format(numero=fila.numero, queda=formato_bs(queda), total=formato_bs(total))
        )
