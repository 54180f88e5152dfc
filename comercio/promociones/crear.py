"""A seller's promotions and coupons: begun, paused, taken up again, ended. Their end comes by itself."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from comercio.catalogo import ClaseDeRebaja
from comercio.catalogo.modelos import Variante
from comercio.promociones.bloqueos import bloquear_cupon, bloquear_promocion
from comercio.promociones.errores import (
    CuponNoEncontrado,
    CuponRepetido,
    DemasiadasPromociones,
    PromocionNoEncontrada,
)
from comercio.promociones.esquemas import CuponNuevo, PromocionNueva
from comercio.promociones.estados import VIDA_CUPON, VIDA_PROMOCION, Alcance, EstadoPromocion
from comercio.promociones.modelos import (
    DIAS_MAXIMOS,
    MONTO_MAXIMO_CENTAVOS,
    PORCENTAJE_MAXIMO_PB,
    Cupon,
    Promocion,
    PromocionVariante,
)
from comercio.promociones.usar import normalizar
from comercio.vendedores import exigir_dias
from empresa_digital.registro import Facultad, exigir_facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import cero
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

SIN_TERMINAR_MAXIMO = 50
UN_PORCIENTO_PB = 100
T = TypeVar("T", Promocion, Cupon)


def promover(sesion: Session, actor: Actor, nueva: PromocionNueva, id: UUID | None = None) -> Promocion:
    """So much less from a day until another, of all that the unit sells or of some variants; with an id that
    is known, what it made.

    Raises `SinFacultad`, `DatosInvalidos`, `DemasiadasPromociones`.
    """
    autorizacion = exigir_facultad(sesion, actor, nueva.unidad_id, Facultad.VENDER)
    if (ya := _ya_hecha(sesion, Promocion, id, nueva.unidad_id)) is not None:
        return ya
    desde, hasta = _dias(sesion, nueva.desde, nueva.hasta)
    fila = Promocion(
        id=id or nuevo_id(),
        vendedor_id=nueva.unidad_id,
        nombre=nueva.nombre,
        clase=nueva.clase,
        valor=_valor(nueva.clase, nueva.cuanto),
        alcance=nueva.alcance,
        desde=desde,
        hasta=hasta,
    )
    de_ella = _variantes(sesion, nueva) if nueva.alcance is Alcance.ELEGIDOS else ()
    _exigir_que_quepa(sesion, Promocion, nueva.unidad_id)
    sesion.add(fila)
    sesion.flush()
    sesion.add_all(
        PromocionVariante(promocion_id=fila.id, variante_id=v, vendedor_id=fila.vendedor_id) for v in de_ella
    )
    sesion.flush()
    hechos = {"clase": fila.clase, "valor": fila.valor, "alcance": fila.alcance, "variantes": len(de_ella)}
    auditar(sesion, autorizacion, "promocion.crear", "comercio_promocion", fila.id, hechos)
    return fila


def dar_cupon(sesion: Session, actor: Actor, nuevo: CuponNuevo, id: UUID | None = None) -> Cupon:
    """A code that takes so much off what somebody buys from the unit, once each; with an id that is known,
    what it made.

    Raises `SinFacultad`, `DatosInvalidos`, `CuponRepetido`, `DemasiadasPromociones`.
    """
    autorizacion = exigir_facultad(sesion, actor, nuevo.unidad_id, Facultad.VENDER)
    if (ya := _ya_hecha(sesion, Cupon, id, nuevo.unidad_id)) is not None:
        return ya
    codigo = normalizar(nuevo.codigo)
    if codigo is None:
        texto = _("Use de 4 a 20 letras y cifras, sin tildes ni espacios: FERIA10.")
        raise DatosInvalidos(texto, campos={"codigo": texto})
    desde, hasta = _dias(sesion, nuevo.desde, nuevo.hasta)
    valor = _valor(nuevo.clase, nuevo.cuanto)
    minimo = nuevo.minimo or cero()
    _exigir_minimo(minimo)
    _exigir_que_quepa(sesion, Cupon, nuevo.unidad_id)
    fila = Cupon(
        id=id or nuevo_id(),
        vendedor_id=nuevo.unidad_id,
        codigo=codigo,
        clase=nuevo.clase,
        valor=valor,
        minimo=minimo,
        usos_maximos=nuevo.usos,
        desde=desde,
        hasta=hasta,
    )
    try:
        with sesion.begin_nested():
            sesion.add(fila)
    except IntegrityError as error:
        texto = _("Ya tiene uno con ese código sin terminar: termínelo o elija otro.")
        raise CuponRepetido(texto, campos={"codigo": texto}) from error
    hechos = {"clase": fila.clase, "valor": fila.valor, "usos": fila.usos_maximos}
    auditar(sesion, autorizacion, "cupon.crear", "comercio_cupon", fila.id, hechos)
    return fila


def mover_promocion(sesion: Session, actor: Actor, promocion_id: UUID, a: EstadoPromocion) -> Promocion:
    """Pause it, take it up again or end it. To who does not sell for the unit it does not exist
    (`PromocionNoEncontrada`). Raises `TransicionInvalida`."""
    fila = bloquear_promocion(sesion, promocion_id)
    if fila is None or not tiene_facultad(sesion, actor, fila.vendedor_id, Facultad.VENDER):
        raise PromocionNoEncontrada()
    autorizacion = exigir_facultad(sesion, actor, fila.vendedor_id, Facultad.VENDER)
    _exigir_tiempo(sesion, fila, a)
    VIDA_PROMOCION.pasar(fila, a)
    sesion.flush()
    auditar(sesion, autorizacion, f"promocion.{a}", "comercio_promocion", fila.id, {})
    return fila


def mover_cupon(sesion: Session, actor: Actor, cupon_id: UUID, a: EstadoPromocion) -> Cupon:
    """Pause it, take it up again or end it. To who does not sell for the unit it does not exist
    (`CuponNoEncontrado`). Raises `TransicionInvalida`."""
    fila = bloquear_cupon(sesion, cupon_id)
    if fila is None or not tiene_facultad(sesion, actor, fila.vendedor_id, Facultad.VENDER):
        raise CuponNoEncontrado()
    autorizacion = exigir_facultad(sesion, actor, fila.vendedor_id, Facultad.VENDER)
    _exigir_tiempo(sesion, fila, a)
    VIDA_CUPON.pasar(fila, a)
    sesion.flush()
    auditar(sesion, autorizacion, f"cupon.{a}", "comercio_cupon", fila.id, {})
    return fila


def terminar_promocion(sesion: Session, promocion_id: UUID) -> bool:
    """The sweep: its time ended. False when it is not so."""
    fila = bloquear_promocion(sesion, promocion_id)
    if fila is None or fila.estado in VIDA_PROMOCION.fines or fila.hasta > ahora_bd(sesion):
        return False
    VIDA_PROMOCION.pasar(fila, EstadoPromocion.TERMINADA)
    sesion.flush()
    return True


def terminar_cupon(sesion: Session, cupon_id: UUID) -> bool:
    """The sweep: its time ended. False when it is not so."""
    fila = bloquear_cupon(sesion, cupon_id)
    if fila is None or fila.estado in VIDA_CUPON.fines or fila.hasta > ahora_bd(sesion):
        return False
    VIDA_CUPON.pasar(fila, EstadoPromocion.TERMINADA)
    sesion.flush()
    return True


def _exigir_tiempo(sesion: Session, fila: Promocion | Cupon, a: EstadoPromocion) -> None:
    if a is not EstadoPromocion.TERMINADA and fila.hasta <= ahora_bd(sesion):
        raise TransicionInvalida(_("Sus días ya pasaron: cree otra."), estado_actual=fila.estado)


def _ya_hecha(sesion: Session, tabla: type[T], id: UUID | None, unidad_id: UUID) -> T | None:
    fila = sesion.get(tabla, id) if id is not None else None
    return fila if fila is not None and fila.vendedor_id == unidad_id else None


def _dias(sesion: Session, desde: date, hasta: date) -> tuple[datetime, datetime]:
    """From the first instant of a day, or now if it has begun, to the last one of another."""
    instante = ahora_bd(sesion)
    exigir_dias(fecha_bolivia(instante), desde, hasta, DIAS_MAXIMOS)
    return max(inicio_del_dia(desde), instante), inicio_del_dia(hasta + timedelta(days=1))


def _valor(clase: ClaseDeRebaja, cuanto: Decimal) -> int:
    valor = int(cuanto * 100)
    tope = {ClaseDeRebaja.PORCENTAJE: PORCENTAJE_MAXIMO_PB, ClaseDeRebaja.MONTO: MONTO_MAXIMO_CENTAVOS}[clase]
    minimo = UN_PORCIENTO_PB if clase is ClaseDeRebaja.PORCENTAJE else 1
    if not minimo <= valor <= tope:
        texto = (
            _("Escriba un porcentaje de 1 a 90.")
            if clase is ClaseDeRebaja.PORCENTAJE
            else _("Escriba un monto de Bs 0,01 a Bs 100.000.")
        )
        raise DatosInvalidos(texto, campos={"cuanto": texto})
    return valor


def _exigir_minimo(minimo: Money) -> None:
    if minimo < cero():
        texto = _("Escriba cero o más.")
        raise DatosInvalidos(texto, campos={"minimo": texto})


def _variantes(sesion: Session, nueva: PromocionNueva) -> Collection[UUID]:
    """Those asked for, all of the unit."""
    pedidas = dict.fromkeys(nueva.variantes)
    if not pedidas:
        texto = _("Marque al menos un producto, o elija toda la tienda.")
        raise DatosInvalidos(texto, campos={"alcance": texto})
    suyas = select(Variante.id).where(
        col(Variante.id).in_(list(pedidas)), col(Variante.vendedor_id) == nueva.unidad_id
    )
    if len(set(sesion.exec(suyas))) != len(pedidas):
        texto = _("Alguno de esos productos no es de su tienda: elija otra vez.")
        raise DatosInvalidos(texto, campos={"alcance": texto})
    return list(pedidas)


def _exigir_que_quepa(sesion: Session, tabla: type[Promocion] | type[Cupon], unidad_id: UUID) -> None:
    """A bound on what every page and price would have to look at; two at once may pass it by one."""
    sin_terminar = (
        col(tabla.vendedor_id) == unidad_id,
        col(tabla.estado) != EstadoPromocion.TERMINADA,
    )
    if sesion.exec(select(func.count()).select_from(tabla).where(*sin_terminar)).one() >= SIN_TERMINAR_MAXIMO:
        texto = _("Tiene %(n)s sin terminar: termine alguna antes.") % {"n": SIN_TERMINAR_MAXIMO}
        raise DemasiadasPromociones(texto)
