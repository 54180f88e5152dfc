"""Stock moves by movements alone, each with its reason, who, for whom and by which mandate.

A trigger adds a movement to what there is; CHECK (reservado BETWEEN 0 AND existencia) refuses what cannot be.
The lock of stock is that of its ficha, taken by every writer first (`bloqueos`).
"""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.catalogo.errores import CantidadInvalida, ExistenciaReservada
from comercio.catalogo.estados import Motivo
from comercio.catalogo.medidas import cabe_en, decimales
from comercio.catalogo.modelos import EXISTENCIA_MAXIMA, Existencia, LugarDeDespacho, MovimientoDeExistencia
from empresa_digital.registro import Unidad
from nucleo.actor import Autorizacion
from nucleo.dinero import formato_cantidad
from nucleo.errores import DatosInvalidos
from nucleo.filas import insertar_filas, insertar_nuevas
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _


def anotar_movimientos(
    sesion: Session,
    quien: Autorizacion,
    motivo: Motivo,
    cantidades: Mapping[UUID, Decimal],
    *,
    referencia_id: UUID | None = None,
    detalle: str = "",
) -> None:
    """Add so much (less than zero takes) to each stock row, by its id, in one statement."""
    actor = quien.actor
    filas = [
        {
            "id": nuevo_id(),
            "existencia_id": existencia_id,
            "cantidad": cantidad,
            "motivo": motivo,
            "detalle": detalle[:200],
            "referencia_id": referencia_id,
            "actor_tipo": actor.tipo,
            "actor_id": actor.id,
            "actor_nombre": actor.nombre[:200],
            "unidad_id": quien.unidad_id,
            "mandato_id": quien.mandato_id,
        }
        for existencia_id, cantidad in sorted(cantidades.items())
        if cantidad
    ]
    insertar_filas(sesion, MovimientoDeExistencia, filas)


def ajustar_existencia(
    sesion: Session,
    quien: Autorizacion,
    existencia: Existencia,
    *,
    recuento: Decimal | None = None,
    movimiento: Decimal | None = None,
    motivo: Motivo | None = None,
    detalle: str = "",
) -> None:
    """A count of what there is, or what is added to it, of a row whose ficha is locked.

    Raises `DatosInvalidos`, `CantidadInvalida`, `ExistenciaReservada` (less than what is sold and waits).
    """
    if recuento is not None and movimiento is not None:
        raise DatosInvalidos(campos={"movimiento": _("Envíe el recuento o el movimiento, no los dos.")})
    campo = "existencia" if recuento is not None else "movimiento"
    quedan = recuento if recuento is not None else existencia.existencia + (movimiento or 0)
    exigir_medida(existencia.unidad_medida, quedan, campo)
    if not 0 <= quedan <= EXISTENCIA_MAXIMA:
        hay = formato_cantidad(existencia.existencia)
        texto = _("Hay %(n)s: la existencia va de 0 a 1.000.000.") % {"n": hay}
        raise DatosInvalidos(texto, campos={campo: texto})
    if quedan < existencia.reservado:
        raise ExistenciaReservada(
            _("Hay %(n)s vendido por despachar o apartado: la existencia no puede ser menor.")
            % {"n": formato_cantidad(existencia.reservado)},
            campos={"existencia": _("No puede ser menor a lo vendido por despachar o apartado.")},
        )
    cambio = quedan - existencia.existencia
    por_defecto = Motivo.RECUENTO if recuento is not None else Motivo.INGRESO if cambio > 0 else Motivo.MERMA
    anotar_movimientos(sesion, quien, motivo or por_defecto, {existencia.id: cambio}, detalle=detalle)
    sesion.expire(existencia)


def pasar_existencia(
    sesion: Session,
    quien: Autorizacion,
    desde: Existencia,
    hasta: Existencia,
    cantidad: Decimal,
    *,
    detalle: str = "",
) -> None:
    """So much from a row of stock to another of the same variant, whose ficha is locked: two movements of one
    reference. Raises `CantidadInvalida`, `ExistenciaReservada`; `DatosInvalidos`, more than a place holds.
    """
    assert desde.variante_id == hasta.variante_id
    assert cantidad > 0
    exigir_medida(desde.unidad_medida, cantidad)
    libre = desde.existencia - desde.reservado
    if cantidad > libre:
        texto = _("De ese lugar se pueden llevar %(n)s: lo demás está vendido o no está.") % {
            "n": formato_cantidad(libre)
        }
        raise ExistenciaReservada(texto, campos={"cantidad": texto})
    if hasta.existencia + cantidad > EXISTENCIA_MAXIMA:
        texto = _("En un lugar caben hasta 1.000.000.")
        raise DatosInvalidos(texto, campos={"cantidad": texto})
    pasa = {desde.id: -cantidad, hasta.id: cantidad}
    anotar_movimientos(sesion, quien, Motivo.TRASLADO, pasa, referencia_id=nuevo_id(), detalle=detalle)
    sesion.expire(desde)
    sesion.expire(hasta)


def exigir_medida(unidad_medida: str, cantidad: Decimal, campo: str = "cantidad") -> None:
    """Raise `CantidadInvalida` for half a chompa, or a kilo with five decimals."""
    if not cabe_en(unidad_medida, cantidad):
        se_divide = decimales(unidad_medida) > 0
        entero = _("Se vende entero: escriba un número sin decimales.")
        texto = _("Use hasta cuatro decimales.") if se_divide else entero
        raise CantidadInvalida(texto, campos={campo: texto})


def lugar_principal(sesion: Session, unidad: Unidad) -> LugarDeDespacho:
    """From where a seller sends while they have said nothing else: the registry's place."""
    consulta = select(LugarDeDespacho).where(
        col(LugarDeDespacho.vendedor_id) == unidad.id, col(LugarDeDespacho.principal)
    )
    lugar = sesion.exec(consulta).first()
    if lugar is None:  # the id is the unit's: two that make it at once make one
        fila = {
            "id": unidad.id,
            "vendedor_id": unidad.id,
            "nombre": _("Lugar principal"),
            "municipio_ine": unidad.municipio_ine,
            "referencia": "",
            "principal": True,
        }
        insertar_nuevas(sesion, LugarDeDespacho, [fila])
        lugar = sesion.exec(consulta).one()
    return lugar
