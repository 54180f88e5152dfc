"""What the pages of sending to one person share: the form, and the page on which it is confirmed."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from moneyed import Money
from sqlmodel import Session
from starlette.responses import Response

from nucleo.actor import Actor
from nucleo.dinero import formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.textos import gettext as _
from nucleo.web import pagina
from pagos.billetera.formularios import ENVIO_A_PERSONA
from pagos.libro import cuentas_de


def direccion_de_confirmacion(cuenta: int, a: UUID, nombre: str, monto: Money | None, nota: str) -> str:
    """The page on which a transfer is confirmed, whoever was found and however.

    Raises `DatosInvalidos` without an amount.
    """
    if monto is None:
        raise DatosInvalidos(campos={"monto": _("Escriba el monto con números, por ejemplo 1.234,50.")})
    consulta = {"cuenta": cuenta, "a": str(a), "nombre": nombre, "monto": str(monto.amount), "nota": nota}
    return "/billetera/enviar/confirmar?" + urlencode(consulta)


def pagina_a_persona(
    request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None, *, nota: str = "", **lo_suyo: Any
) -> Response:
    """`a_persona.html` with the actor's accounts to pay from; `lo_suyo` is the rest of its context."""
    cuentas = cuentas_de(sesion, actor, con_otros=False)
    return pagina(
        request,
        "pagos/billetera/a_persona.html",
        hoja=hoja,
        cuentas=cuentas,
        envio=ENVIO_A_PERSONA.mostrar(
            request,
            {"cuenta": cuentas[0].id if cuentas else None, "nota": nota},
            enviada=hoja,
            opciones={"cuenta": [(c.id, f"{c.nombre} · {formato_bs(c.cuenta.disponible)}") for c in cuentas]},
        ),
        **lo_suyo,
    )
