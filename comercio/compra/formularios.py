"""Forms: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import Field

from comercio.carrito.modelos import LINEAS_MAXIMAS
from comercio.compra.esquemas import Factura, FormaElegida
from comercio.direcciones import EntregaPedida, donde_se_recibe
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import escrito, leer_monto, leer_nit
from nucleo.textos import perezoso as _l


class CompraDelCarrito(EntregaPedida):
    """For whom the cart is bought and where it is sent to, if it is; `huella`, and of postage `porte`, are
    what the buyer saw and agrees to; with `ver_envio` they only ask how much it is; with
    `contra_entrega`, they pay at the door."""

    unidad_id: UUID | None = None
    factura: Factura | None = None
    formas: Annotated[list[FormaElegida], Field(default_factory=list, max_length=LINEAS_MAXIMAS)]
    guardar_como: Annotated[str, escrito(60, 2)] | None = None
    regalo: bool = False
    mensaje: Annotated[str, escrito(300, 2)] | None = None
    huella: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    porte: Dinero | None = None
    ver_envio: bool = False
    contra_entrega: bool = False


COMPRA = Formulario(
    "compra",
    CompraDelCarrito,
    campos.opciones("unidad_id", _l("¿Para quién compra?"), opcional=True),
    campos.oculto("formas.*.vendedor_id"),
    campos.opciones("formas.*.forma", _l("¿Cómo lo recibe?"), falta=_l("Elija cómo lo recibe.")),
    campos.casilla(
        "regalo",
        _l("Es un regalo"),
        ayuda=_l("Va a nombre de quien recibe y sin precios. El código de entrega lo tiene usted: páseselo."),
    ),
    campos.area("mensaje", _l("Mensaje"), filas=2, maximo=300, opcional=True),
    campos.texto(
        "factura.nombre",
        _l("Nombre o razón social"),
        ayuda=_l("Si compra para una unidad con NIT y lo deja vacío, va a su nombre."),
        falta=_l("Escriba el nombre o la razón social, o borre el NIT."),
        maximo=200,
        opcional=True,
    ),
    campos.texto(
        "factura.nit",
        _l("NIT"),
        lector=leer_nit,
        falta=_l("Escriba el NIT, con números, o borre la razón social."),
        modo="numeric",
        ancho="medio",
        maximo=30,
        opcional=True,
    ),
    *donde_se_recibe(sin_lugar=True),
    campos.texto(
        "guardar_como",
        _l("Guardar esta dirección como"),
        ayuda=_l("Casa, trabajo… Para elegirla la próxima vez."),
        maximo=60,
        opcional=True,
    ),
    campos.oculto("huella", falta=_l("Su carrito cambió: revíselo y confirme otra vez.")),
    campos.oculto("porte", lector=leer_monto),
    campos.boton("ver_envio"),
    campos.boton("contra_entrega"),
    guardable=False,
)
HojaDeCompra = Annotated[Hoja[CompraDelCarrito], Depends(COMPRA)]
