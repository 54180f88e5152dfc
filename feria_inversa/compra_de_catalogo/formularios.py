"""The forms of a purchase from the catalogue: ask for it, decide it, receive it, pay it."""

from typing import Annotated

from fastapi import Depends

from comercio import SePagaCon, donde_se_recibe
from feria_inversa.compra_de_catalogo.esquemas import (
    CompraPedida,
    ConQueSePaga,
    MotivoDeCompra,
    PagoDeCompra,
)
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l

SOLICITUD = Formulario(
    "compra_de_catalogo.solicitud",
    CompraPedida,
    campos.oculto("oferta_id"),
    campos.seleccion(
        "certificacion_id",
        _l("Certificación presupuestaria"),
        elija=_l("Elija una certificación"),
        falta=_l("Elija con qué certificación se compra."),
    ),
    campos.texto("para_que", _l("Para qué se compra"), maximo=300, falta=_l("Escriba para qué se compra.")),
    campos.seleccion("forma", _l("Cómo se recibe"), opcional=True, vacio=None),
    *donde_se_recibe(),
)
HojaDeSolicitud = Annotated[Hoja[CompraPedida], Depends(SOLICITUD)]
PASO = Formulario("compra_de_catalogo.paso", Nada)
HojaDePasoDeCompra = Annotated[Hoja[Nada], Depends(PASO)]
_MOTIVO = campos.area(
    "motivo", _l("Motivo"), filas=3, maximo=1000, falta=_l("Explique el motivo con al menos 10 letras.")
)
RECHAZO = Formulario("compra_de_catalogo.rechazo", MotivoDeCompra, _MOTIVO)
HojaDeRechazo = Annotated[Hoja[MotivoDeCompra], Depends(RECHAZO)]
ANULACION = Formulario("compra_de_catalogo.anulacion", MotivoDeCompra, _MOTIVO)
HojaDeAnulacion = Annotated[Hoja[MotivoDeCompra], Depends(ANULACION)]
CON_QUE = Formulario(
    "compra_de_catalogo.con_que",
    ConQueSePaga,
    campos.opciones(
        "se_paga_con",
        _l("Se paga con"),
        opciones=lambda: [(c.value, c.texto) for c in SePagaCon],
        falta=_l("Elija con qué se paga."),
    ),
)
HojaDeConQue = Annotated[Hoja[ConQueSePaga], Depends(CON_QUE)]
_MEDIOS = (("libro", _l("Con dinero de la cuenta de la entidad")), ("c31", _l("Con un C-31 del Tesoro")))
PAGO = Formulario(
    "compra_de_catalogo.pago",
    PagoDeCompra,
    campos.opciones(
        "medio",
        _l("Cómo paga"),
        opciones=lambda: [(codigo, str(nombre)) for codigo, nombre in _MEDIOS],
        falta=_l("Elija cómo paga."),
    ),
    campos.texto("comprobante", _l("Número del C-31"), maximo=40, opcional=True),
    campos.fecha("fecha", _l("Fecha del C-31"), opcional=True),
    campos.casilla("repetido", _l("Ese C-31 paga también otro pedido")),
    guardable=False,
)
HojaDePago = Annotated[Hoja[PagoDeCompra], Depends(PAGO)]
