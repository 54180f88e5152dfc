"""A bid in an auction: one function of the database takes it, by its clock; here is asked who may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlalchemy import Row, text
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from feria_inversa.entidades import exigir_sin_conflicto_al_ofertar
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.precios import sumar
from feria_inversa.procesos import PUBLICOS, ConvocatoriaNoEncontrada, grupos_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.subasta.consultas import exigir_subasta, participante_de
from feria_inversa.subasta.errores import (
    FueraDeTurno,
    NoParticipa,
    PujaInsuficiente,
    PujaTardia,
    SubastaSinEmpezar,
)
from feria_inversa.subasta.modelos import Participante, Puja
from feria_inversa.subasta.repartir import repartir
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, de_centavos, formato_bs, redondear
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _

OBJETO = "feria_puja"
A_LO_SUMO_MENOS = bs(1)
"""What may be taken less than was asked, so that it can be said in prices of a unit."""
_PUJAR = text(
    "SELECT resultado, puja, hasta, hecha, termina"
    " FROM feria_pujar(:participante, :cliente, CAST(:precios AS numeric[]), :quien)"
)


@dataclass(frozen=True, slots=True)
class PujaHecha:
    """What was taken: the total is what the unit prices make, never above the one asked."""

    id: UUID
    grupo: int
    proponente: int
    numero: int
    total: Money
    precios: Sequence[Decimal]
    hecha_en: datetime
    termina_en: datetime


def pujar(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    unidad_id: UUID,
    grupo: int,
    total: Money,
    id_: UUID | None = None,
) -> PujaHecha:
    """Bid a lower total for what is awarded with the item of a number. The same `id_` again is the same bid.

    Raises `SinSubasta`, `NoParticipa`, `PujaTardia`, `SubastaSinEmpezar`, `FueraDeTurno`, `PujaInsuficiente`,
    `ConflictoDeInteres`.
    """
    convocatoria = sesion.get(Convocatoria, convocatoria_id)
    if convocatoria is None or convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.PROVEEDOR_DEL_ESTADO)
    exigir_subasta(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR, total)
    exigir_sin_conflicto_al_ofertar(sesion, actor, convocatoria.unidad_id, unidad_id)
    return pujar_con(sesion, autorizacion, convocatoria_id, grupo, total, id_)


def pujar_con(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria_id: UUID,
    grupo: int,
    total: Money,
    id_: UUID | None = None,
) -> PujaHecha:
    """`pujar` for a caller that already holds the authority."""
    assert autorizacion.unidad_id is not None
    suyo = participante_de(sesion, convocatoria_id, grupo, autorizacion.unidad_id)
    if suyo is None:
        raise NoParticipa(
            _(
                "Compite quien ofertó todo lo que se adjudica junto, hasta su referencia, y en la apertura "
                "podía contratar con el Estado."
            )
        )
    precios = _en_precios(sesion, suyo, total)
    cliente = id_ or nuevo_id()
    fila = _llamar(sesion, suyo, cliente, precios, autorizacion.actor.nombre)
    if fila.resultado != "hecha":
        raise _negada(fila)
    puja = sesion.get_one(Puja, fila.puja)
    hechos = {
        "convocatoria_id": str(convocatoria_id),
        "grupo": grupo,
        "proponente": suyo.proponente,
        "monto_centavos": a_centavos(puja.monto),
        "hecha_en": puja.hecha_en.isoformat(),
    }
    if fila.hasta is not None:  # the same once more was audited when it was taken
        auditar(sesion, autorizacion, "subasta.pujar", OBJETO, puja.cliente_id, hechos)
        sesion.flush()
    return PujaHecha(
        id=puja.cliente_id,
        grupo=grupo,
        proponente=suyo.proponente,
        numero=puja.numero,
        total=puja.monto,
        precios=puja.precios,
        hecha_en=puja.hecha_en,
        termina_en=fila.termina,
    )


def _en_precios(sesion: Session, suyo: Participante, total: Money) -> list[Decimal]:
    """Those that make a total, but for some centavos; nobody is bound to much less than they asked."""
    lineas = _lineas(sesion, suyo)
    reparto = repartir(lineas, total)
    if reparto is None:
        raise _insuficiente(PujaInsuficiente, _("Con ese total algún ítem quedaría sin precio."))
    primero = sumar(redondear(cantidad * precio) for cantidad, precio in lineas)
    if min(total, primero) - reparto.total > A_LO_SUMO_MENOS:
        detalle = _("Con cuatro decimales por unidad lo más cercano, sin pasarse, es {}: ofrézcalo, u otro.")
        raise _insuficiente(DatosInvalidos, detalle.format(formato_bs(reparto.total)))
    return reparto.precios


def _lineas(sesion: Session, suyo: Participante) -> list[tuple[Decimal, Decimal]]:
    """Quantity and price, in its envelope, of each item of what they take part in, by number."""
    convocatoria = sesion.get_one(Convocatoria, suyo.convocatoria_id)
    cosa = next(g for g in grupos_de(sesion, convocatoria) if g.primero.numero == suyo.grupo)
    consulta = (
        select(Item, OfertaLinea)
        .join(OfertaLinea, col(OfertaLinea.item_id) == Item.id)
        .where(OfertaLinea.oferta_id == suyo.oferta_id, col(Item.id).in_(cosa.ids))
        .order_by(col(Item.numero))
    )
    return [
        (item.cantidad, (linea.precio_inicial or linea.precio_unitario).amount)
        for item, linea in sesion.exec(consulta)
    ]


def _llamar(
    sesion: Session, suyo: Participante, cliente: UUID, precios: Sequence[Decimal], quien: str
) -> Row[tuple[str, int | None, int | None, datetime, datetime]]:
    """The bid, judged; one that met the end while it came in is judged once more, after those before it."""
    dichos = {"participante": suyo.id, "cliente": cliente, "precios": list(precios), "quien": quien}
    while True:
        with sesion.begin_nested() as intento:
            fila = sesion.connection().execute(_PUJAR, dichos).one()
            if fila.resultado != "otra_vez":
                return fila
            intento.rollback()


def _negada(
    fila: Row[tuple[str, int | None, int | None, datetime, datetime]],
) -> ErrorDominio:
    """Why it was not taken, in words."""
    if fila.resultado == "tarde":
        return PujaTardia(
            _("Terminó el {} y nada de lo que envió quedó registrado.").format(
                filtro_fecha_hora(fila.termina)
            )
        )
    if fila.resultado == "temprano":
        return SubastaSinEmpezar(_("Espere a la hora en que empieza: está en esta página."))
    if fila.resultado == "turno":
        return FueraDeTurno(
            _("Cada proponente puja en su turno: el suyo está en la página de la subasta. No se envió nada.")
        )
    if fila.resultado == "pujada":
        return FueraDeTurno(_("Ya pujó en este turno: se puja una vez en cada ronda."))
    if fila.resultado == "en_uso":
        return DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
    assert fila.resultado in {"no_baja", "precios"}, fila.resultado
    assert fila.hasta is not None
    if fila.hasta <= 0:
        return _insuficiente(PujaInsuficiente, _("Su precio ya no puede bajar más."))
    detalle = _("Ofrezca {} o menos: cada puja baja al menos lo mínimo de la suya anterior.")
    return _insuficiente(PujaInsuficiente, detalle.format(formato_bs(de_centavos(fila.hasta))))


def _insuficiente(clase: type[DatosInvalidos], detalle: str) -> DatosInvalidos:
    return clase(detalle, campos={"total": detalle})
