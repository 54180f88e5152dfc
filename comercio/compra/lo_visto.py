"""Whether what a purchase comes to is what its buyer saw."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from moneyed import Money

from comercio.carrito import huella
from comercio.compra.descontar import Descuentos
from comercio.compra.errores import CambioDePorte, CambioDePrecio
from comercio.existencias import Apartado
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.textos import gettext as _


def exigir_lo_visto(
    huella_vista: str | None,
    total_visto: Money | None,
    porte_visto: Money | None,
    apartados: list[Apartado],
    vistos: Mapping[UUID, Money],
    descuentos: Descuentos,
    porte: Money,
) -> None:
    """Nobody pays a price, a line or postage that they have not seen."""
    total = descuentos.total(apartados) + porte
    actual = huella_de(apartados, descuentos)
    if huella_vista is not None:
        igual = huella_vista == actual
    elif total_visto is not None:
        igual = total_visto == total
    else:
        igual = all(vistos.get(a.opcion.id, a.rebajado) == a.rebajado for a in apartados)
    ahora: dict[str, Any] = {"total": _en_json(total), "porte": _en_json(porte), "huella": actual}
    if not igual:
        raise CambioDePrecio(
            _("Cambió un precio o una cantidad desde que lo vio. Revise el total y confirme."), **ahora
        )
    visto = porte_visto
    if visto is None:
        visto = porte if huella_vista is None and total_visto is not None else cero()
    if visto != porte:
        texto = _("El envío cuesta %(porte)s y el total es %(total)s. Si está de acuerdo, confirme.")
        montos = {"porte": formato_bs(porte), "total": formato_bs(total)}
        raise CambioDePorte(texto % montos, **ahora)


def _en_json(monto: Money) -> dict[str, str]:
    return {"monto": f"{monto.amount:.2f}", "moneda": "BOB"}


def huella_de(apartados: Iterable[Apartado], descuentos: Descuentos) -> str:
    return huella(((a.opcion.id, a.cantidad, a_centavos(a.rebajado)) for a in apartados), descuentos.cupon)
