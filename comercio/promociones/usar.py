"""A coupon judged for what somebody would buy, used in a purchase, and given back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from comercio.catalogo import rebaja_de
from comercio.promociones.errores import CuponNoVale
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Cupon, UsoDeCupon
from comercio.promociones.repartir import repartir
from nucleo.dinero import cero, formato_bs
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _

_CODIGO = re.compile(r"[A-Z0-9]{4,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PorRebajar:
    """What would be paid for a line, promotions already taken off."""

    variante_id: UUID
    vendedor_id: UUID
    monto: Money


@dataclass(frozen=True, slots=True)
class CuponAplicado:
    """What a coupon takes off each variant of its seller."""

    id: UUID
    codigo: str
    por_variante: Mapping[UUID, Money]

    @property
    def total(self) -> Money:
        return sum(self.por_variante.values(), cero())


def normalizar(codigo: str) -> str | None:
    """A code as it is kept; None for what cannot be one."""
    escrito = codigo.strip().upper()
    return escrito if _CODIGO.fullmatch(escrito) else None


def aplicar_cupon(sesion: Session, codigo: str, lineas: Sequence[PorRebajar]) -> CuponAplicado:
    """What a code takes off these lines; of two shops with the same one, where it takes off more.

    Raises `CuponNoVale` with why; whether who buys used it already, only the purchase knows.
    """
    escrito = normalizar(codigo)
    consulta = (
        select(Cupon, func.nucleo_ahora())
        .where(
            col(Cupon.codigo) == (escrito or ""),
            col(Cupon.vendedor_id).in_({x.vendedor_id for x in lineas}),
        )
        .order_by((col(Cupon.estado) == EstadoPromocion.TERMINADA), col(Cupon.id).desc())
        .limit(20)
    )
    hallados, por_que = [], ""
    for cupon, ahora in sesion.exec(consulta.execution_options(populate_existing=True)):
        suyas = {x.variante_id: x.monto for x in lineas if x.vendedor_id == cupon.vendedor_id}
        if motivo := _por_que_no(cupon, sum(suyas.values(), cero()), ahora):
            por_que = por_que or motivo
            continue
        rebaja = rebaja_de(cupon.clase, cupon.valor, sum(suyas.values(), cero()))
        cuestan = {id: monto for id, monto in suyas.items() if monto > cero()}
        aplicado = CuponAplicado(cupon.id, cupon.codigo, repartir(rebaja, cuestan))
        if aplicado.total > cero():
            hallados.append(aplicado)
        else:
            por_que = por_que or _("El cupón %(codigo)s no rebaja nada de lo que lleva de su tienda.")
    if not hallados:
        texto = por_que or _("El cupón %(codigo)s no es de ninguna tienda de su carrito.")
        raise CuponNoVale(texto % {"codigo": codigo.strip().upper()[:20]})
    return max(hallados, key=lambda a: a.total.amount)


def _por_que_no(cupon: Cupon, monto: Money, ahora: datetime) -> str:
    """Why a coupon takes nothing off so much, in words; empty when it does."""
    partes = {"codigo": cupon.codigo, "minimo": formato_bs(cupon.minimo), "monto": formato_bs(monto)}
    if cupon.estado == EstadoPromocion.TERMINADA or cupon.hasta <= ahora:
        return _("El cupón %(codigo)s ya terminó.") % partes
    if cupon.estado == EstadoPromocion.PAUSADA:
        return _("El cupón %(codigo)s está en pausa: quien vende lo detuvo.") % partes
    if cupon.desde > ahora:
        return _("El cupón %(codigo)s vale desde el %(dia)s.") % (partes | {"dia": filtro_fecha(cupon.desde)})
    if cupon.usados >= cupon.usos_maximos:
        return _("El cupón %(codigo)s ya se usó todas las veces que tenía.") % partes
    if monto < cupon.minimo:
        return _("El cupón %(codigo)s vale desde %(minimo)s en su tienda: lleva %(monto)s.") % partes
    return ""


def usar_cupon(sesion: Session, cupon: CuponAplicado, compra_id: UUID, parte_id: UUID) -> None:
    """Use it in a purchase, its row held until the end. What the database refuses, `por_que_no_vale` says."""
    sesion.add(
        UsoDeCupon(cupon_id=cupon.id, compra_id=compra_id, comprador_parte_id=parte_id, descuento=cupon.total)
    )
    sesion.flush()


def por_que_no_vale(restriccion: str) -> CuponNoVale | None:
    """How a use that the database refused is told, if that is what it refused."""
    texto = {
        "uq_comercio_cupon_uso_vigente": _("Ya usó ese cupón: vale una vez para cada quien."),
        "ck_comercio_cupon_usados": _("Ese cupón ya se usó todas las veces que tenía."),
        "ck_comercio_cupon_uso_vale": _("Ese cupón ya no vale: quien vende lo detuvo o terminó."),
    }.get(restriccion)
    return CuponNoVale(texto) if texto else None


def restriccion_de(error: IntegrityError) -> str:
    """The name of the constraint that the database would not break."""
    return str(getattr(getattr(error.orig, "diag", None), "constraint_name", None) or "")


def cupon_de_compra(sesion: Session, compra_id: UUID) -> str | None:
    """The code that was used in a purchase."""
    consulta = (
        select(Cupon.codigo)
        .join(UsoDeCupon, col(UsoDeCupon.cupon_id) == col(Cupon.id))
        .where(col(UsoDeCupon.compra_id) == compra_id)
    )
    return sesion.exec(consulta).one_or_none()
