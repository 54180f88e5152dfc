"""From rows to what the API and the pages show."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from comercio.catalogo import ClaseDeRebaja
from comercio.promociones.esquemas import CuponFicha, PromocionFicha, en_cuanto
from comercio.promociones.estados import Alcance, EstadoPromocion
from comercio.promociones.modelos import Cupon, Promocion
from nucleo.dinero import de_centavos, formato_bs, formato_cantidad
from nucleo.textos import gettext as _


def promocion(fila: Promocion, variantes: Sequence[UUID]) -> PromocionFicha:
    return PromocionFicha(
        id=fila.id,
        unidad_id=fila.vendedor_id,
        nombre=fila.nombre,
        clase=ClaseDeRebaja(fila.clase),
        cuanto=en_cuanto(fila.valor),
        alcance=Alcance(fila.alcance),
        variantes=list(variantes),
        desde=fila.desde,
        hasta=fila.hasta,
        estado=EstadoPromocion(fila.estado),
    )


def cupon(fila: Cupon) -> CuponFicha:
    return CuponFicha(
        id=fila.id,
        unidad_id=fila.vendedor_id,
        codigo=fila.codigo,
        clase=ClaseDeRebaja(fila.clase),
        cuanto=en_cuanto(fila.valor),
        minimo=fila.minimo,
        usos=fila.usos_maximos,
        usados=fila.usados,
        desde=fila.desde,
        hasta=fila.hasta,
        estado=EstadoPromocion(fila.estado),
    )


def cuanto_menos(clase: str, valor: int) -> str:
    """«10 % menos», «Bs 5,00 menos»."""
    if clase == ClaseDeRebaja.PORCENTAJE:
        return _("%(n)s %% menos") % {"n": formato_cantidad(en_cuanto(valor))}
    return _("%(monto)s menos") % {"monto": formato_bs(de_centavos(valor))}


def situacion(fila: Promocion | Cupon, ahora: datetime) -> tuple[str, str]:
    """How it stands now, in words, and with which tone."""
    if fila.estado == EstadoPromocion.TERMINADA or fila.hasta <= ahora:
        return _("Terminó"), "neutro"
    if fila.estado == EstadoPromocion.PAUSADA:
        return _("En pausa"), "aviso"
    if fila.desde > ahora:
        return _("Por empezar"), "info"
    if isinstance(fila, Cupon) and fila.usados >= fila.usos_maximos:
        return _("Se agotó"), "aviso"
    return _("En vigor"), "bien"
