"""The budget certificate that covers a process: named when it is begun or later, until it is decided; then no
more is awarded than is left of it.

An award moves nothing in the ledger of budgets (its order is paid by its entity's C-31): of a certificate is
left what the ledger says, less what the processes that it covers have awarded, and were ordered of more.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, type_coerce
from sqlmodel import Session, col, func, select

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.certificaciones import (
    CertificacionNoPermite,
    EstadoCertificacion,
    bloquear_certificacion,
    en_el_libro,
)
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.evaluacion.consultas import adjudicaciones_de, en_vigor
from feria_inversa.evaluacion.errores import CertificadoNoAlcanza
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    OBJETO,
    Estado,
    EstadoItem,
    EstadoNoPermite,
    bloquear,
    certificado_de,
    convocatoria_visible,
    soltar_certificado,
)
from feria_inversa.procesos.modelos import CertificadoDeProceso, Convocatoria, Item
from nucleo.actor import Actor
from nucleo.auditoria import auditar, ultimas
from nucleo.dinero import cero, de_centavos, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

CERTIFICAR = "convocatoria.certificar"
DECIDIDOS = frozenset({Estado.RESUELTO, Estado.IMPUGNADO, Estado.CANCELADO})


def nombrar_certificado(
    sesion: Session, actor: Actor, convocatoria_id: UUID, certificacion_id: UUID | None
) -> None:
    """Whoever buys for the entity says which of its certificates covers a process, another, or none. What of
    it stands awarded while the rest is decided again must fit in the one that covers it now, and keeps one.

    Raises `ConvocatoriaNoEncontrada`, `SinFacultad`, `EstadoNoPermite`, `DatosInvalidos`,
    `CertificacionNoPermite`, `CertificadoNoAlcanza`.
    """
    convocatoria_visible(sesion, actor, convocatoria_id)
    convocatoria = bloquear(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    if convocatoria.estado in DECIDIDOS:
        raise EstadoNoPermite(_("El proceso ya se decidió: su certificación no cambia."))
    previa = certificado_de(sesion, convocatoria_id)
    if previa == certificacion_id:
        return
    if certificacion_id is None and convocatoria.items_adjudicados:
        dice = _("Lo que sigue adjudicado está cubierto por ella: elija otra.")
        raise EstadoNoPermite(dice, campos={"certificacion_id": dice})
    if certificacion_id is not None:
        fila = _bloquear_de(sesion, convocatoria.unidad_id, certificacion_id)
        if not _en_vigor(sesion, fila):
            dice = _("La certificación {} ya no está vigente: elija otra.").format(fila.numero)
            raise CertificacionNoPermite(dice, campos={"certificacion_id": dice})
        sigue = adjudicaciones_de(sesion, convocatoria_id).values()
        _exigir_que_alcance(sesion, fila, convocatoria_id, en_total(sigue))
    soltar_certificado(sesion, convocatoria_id)
    if certificacion_id is not None:
        sesion.add(
            CertificadoDeProceso(
                convocatoria_id=convocatoria_id,
                unidad_id=convocatoria.unidad_id,
                certificacion_id=certificacion_id,
                dicha_en=ahora_bd(sesion),
                dicha_por=actor.nombre,
            )
        )
    datos = {"certificacion_id": str(certificacion_id) if certificacion_id else None}
    auditar(sesion, autorizacion, CERTIFICAR, OBJETO, convocatoria_id, datos)
    sesion.flush()


def _adjudicado(sesion: Session, certificaciones: Collection[UUID], salvo: UUID | None) -> dict[UUID, Money]:
    """How much the processes that each certificate covers award or order now, but for one of them."""
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
    de_mas = func.sum(func.feria_ordenado_de_mas(Convocatoria.id))
    ordenado = (
        select(CertificadoDeProceso.certificacion_id, de_mas)
        .join(Convocatoria, col(Convocatoria.id) == CertificadoDeProceso.convocatoria_id)
        .where(
            col(CertificadoDeProceso.certificacion_id).in_(certificaciones),
            col(Convocatoria.contratado_en).is_not(None),
        )
        .group_by(col(CertificadoDeProceso.certificacion_id))
    )
    if salvo is not None:
        consulta = consulta.where(Convocatoria.id != salvo)
        ordenado = ordenado.where(Convocatoria.id != salvo)
    hay: Counter[UUID] = Counter()
    for id, centavos in (*sesion.exec(consulta), *sesion.exec(ordenado)):
        hay[id] += int(centavos)
    return {id: de_centavos(centavos) for id, centavos in hay.items()}


def ordenado_de_mas(sesion: Session, convocatoria_id: UUID) -> Money:
    """By how much the orders of a process are of more than was awarded, by what both parties signed."""
    return de_centavos(sesion.exec(select(func.feria_ordenado_de_mas(convocatoria_id))).one())


def quedan(
    sesion: Session, certificaciones: Collection[Certificacion], salvo: UUID | None = None
) -> dict[UUID, Money]:
    """What is left of each certificate for something else, or for that process; nothing, at least."""
    libro = en_el_libro(sesion, certificaciones)
    adjudicado = _adjudicado(sesion, libro.keys(), salvo)
    return {id: max(hay.disponible - adjudicado.get(id, cero()), cero()) for id, hay in libro.items()}


def exigir_certificado(sesion: Session, convocatoria_id: UUID, total: Money) -> None:
    """Of a locked process that named its certificate: it is in force, and so much, with what was ordered of
    more than was awarded, is left of it. It stays so until this transaction ends. Raises
    `CertificadoNoAlcanza`.
    """
    certificacion_id = certificado_de(sesion, convocatoria_id)
    if certificacion_id is None:
        return
    fila = bloquear_certificacion(sesion, certificacion_id)
    if not _en_vigor(sesion, fila):
        dice = _("La certificación {} del proceso ya no está vigente: hace falta otra.")
        if sesion.get_one(Convocatoria, convocatoria_id).estado in DECIDIDOS:  # it names no other
            dice = _("La certificación {} del proceso ya no está vigente: lo que crezca se contrata aparte.")
        raise CertificadoNoAlcanza(dice.format(fila.numero))
    _exigir_que_alcance(sesion, fila, convocatoria_id, total)


def en_total(decisiones: Iterable[Adjudicacion]) -> Money:
    """What decisions award."""
    return sumar(fila.total for fila in decisiones if fila.total is not None)


def sobregiradas(sesion: Session) -> list[Certificacion]:
    """Certificates in force of which more is awarded than is left in the ledger: none, if all is well."""
    cubren = select(col(CertificadoDeProceso.certificacion_id))
    consulta = select(Certificacion).where(
        Certificacion.estado == EstadoCertificacion.VIGENTE, col(Certificacion.id).in_(cubren)
    )
    filas = list(sesion.exec(consulta.order_by(col(Certificacion.id))))
    libro = en_el_libro(sesion, filas)
    adjudicado = _adjudicado(sesion, libro.keys(), None)
    return [fila for fila in filas if adjudicado.get(fila.id, cero()) > libro[fila.id].disponible]


def descubiertos(sesion: Session) -> list[str]:
    """Codes of processes that stand awarded without the certificate that they named: none, if all is well.

    One is let go only while nothing stands awarded: before the first award that does.
    """
    dichas = ultimas(sesion, CERTIFICAR)
    consulta = (
        select(Convocatoria.id, Convocatoria.cuce, func.min(Adjudicacion.decidida_en))
        .join(Adjudicacion, col(Adjudicacion.convocatoria_id) == Convocatoria.id)
        .join(
            CertificadoDeProceso, col(CertificadoDeProceso.convocatoria_id) == Convocatoria.id, isouter=True
        )
        .where(
            col(CertificadoDeProceso.convocatoria_id).is_(None),
            Adjudicacion.resultado == EstadoItem.ADJUDICADO,
            Convocatoria.estado != Estado.CANCELADO,
            en_vigor(),
        )
        .group_by(col(Convocatoria.id))
        .order_by(col(Convocatoria.cuce))
    )
    return [
        str(cuce)
        for id_, cuce, adjudicado_en in sesion.exec(consulta)
        if (dicha := dichas.get(str(id_)))
        and (dicha.datos["certificacion_id"] is not None or adjudicado_en < dicha.cuando)
    ]


def _bloquear_de(sesion: Session, unidad_id: UUID, certificacion_id: UUID) -> Certificacion:
    hallada = sesion.get(Certificacion, certificacion_id)
    if hallada is None or hallada.unidad_id != unidad_id:
        dice = _("Elija una certificación de la entidad.")
        raise DatosInvalidos(dice, campos={"certificacion_id": dice})
    return bloquear_certificacion(sesion, certificacion_id)


def _en_vigor(sesion: Session, fila: Certificacion) -> bool:
    return fila.estado == EstadoCertificacion.VIGENTE and fila.vence_en > ahora_bd(sesion)


def _exigir_que_alcance(sesion: Session, fila: Certificacion, convocatoria_id: UUID, total: Money) -> None:
    queda = quedan(sesion, [fila], convocatoria_id)[fila.id]
    total += ordenado_de_mas(sesion, convocatoria_id)
    if total > queda:
        dice = _("De la certificación {numero} del proceso quedan {queda}, y hacen falta {total}.")
        raise CertificadoNoAlcanza(
            dice.format(numero=fila.numero, queda=formato_bs(queda), total=formato_bs(total))
        )
