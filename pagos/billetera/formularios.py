"""The forms of the wallet: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from moneyed import Money
from pydantic import AfterValidator, BaseModel, Field

from nucleo.dinero import Dinero, bs, formato_bs
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import Entero, leer_monto
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.billetera.codigos import DIAS_MAXIMO as DIAS_DE_CODIGO
from pagos.billetera.esquemas import AliasPorElegir
from pagos.billetera.solicitudes import DIAS_MAXIMO, MONTO_MAXIMO
from pagos.notas import LARGO, Nota

PLAZOS = (
    (1, _l("1 día")),
    (3, _l("3 días")),
    (7, _l("7 días")),
    (15, _l("15 días")),
    (30, _l("30 días")),
    (90, _l("90 días")),
)
DURACIONES = (
    (0, _l("Que usted lo anule")),
    (1, _l("Mañana a esta hora")),
    (7, _l("Dentro de 7 días")),
    (30, _l("Dentro de 30 días")),
)
_EJEMPLOS = _l("Por ejemplo ana.quispe, 1234567, 1234567-1A o 71234567.")
_QUIEN = _l("Escriba el alias, el carnet o el celular de la persona.")
_CUENTA = _l("Elija una de sus cuentas.")
_NOMBRE = campos.texto(
    "nombre",
    _l("Nombre y apellido de la persona"),
    ayuda=_l("Le diremos si coincide con el titular; por su privacidad no mostramos otro."),
    falta=_l("Escriba el nombre y un apellido de la persona."),
    autocompletar="off",
    maximo=200,
)
_MONTO = campos.dinero(
    "monto",
    _l("Monto"),
    falta=_l("Escriba el monto con números, por ejemplo 1.234,50."),
    autocompletar="off",
)

_NOTA = campos.texto(
    "nota",
    _l("Para qué es"),
    ayuda=_l("Lo leen usted y quien recibe, nadie más."),
    opcional=True,
    autocompletar="off",
    maximo=LARGO,
)


def _positivo(monto: Money) -> Money:
    if monto <= bs(0):
        raise ValueError(_("El monto debe ser mayor que cero."))
    return monto


def _pedible(monto: Money) -> Money:
    if not bs(0) < monto <= MONTO_MAXIMO:
        raise ValueError(_("Pida entre Bs 0,01 y %(maximo)s.") % {"maximo": formato_bs(MONTO_MAXIMO)})
    return monto


class DeUnaCuenta(BaseModel):
    cuenta: Annotated[Entero, Field(ge=1, lt=2**63)]


class Recarga(BaseModel):
    monto: Annotated[Dinero, AfterValidator(_positivo)]


class Busqueda(DeUnaCuenta):
    """Whom to pay, as their payer calls them."""

    destinatario: str
    nombre: Annotated[str, Field(max_length=200)]
    monto: Annotated[Dinero, AfterValidator(_positivo)]
    nota: Nota = ""


class Envio(DeUnaCuenta):
    """What is confirmed once the name was compared. `visto`: an equal payment that the person knows of."""

    a: UUID
    nombre: Annotated[str, Field(max_length=200)] = ""
    monto: Dinero
    nota: Nota = ""
    visto: UUID | None = None


class EnvioAPersona(DeUnaCuenta):
    """What is sent to somebody who is known already. `monto`: none when their code says it."""

    monto: Annotated[Dinero, AfterValidator(_positivo)] | None = None
    nota: Nota = ""


class CodigoPorHacer(BaseModel):
    """`dias`: 0 for a code that does not expire."""

    monto: Annotated[Dinero, AfterValidator(_positivo)] | None = None
    nota: Nota = ""
    dias: Annotated[Entero, Field(ge=0, le=DIAS_DE_CODIGO)] = 0


class PagoDeSolicitud(BaseModel):
    """`visto`: an equal payment that the person knows of."""

    visto: UUID | None = None


class BusquedaDeQuienPaga(DeUnaCuenta):
    pagador: str
    nombre: Annotated[str, Field(max_length=200)]
    monto: Annotated[Dinero, AfterValidator(_pedible)]
    motivo: Annotated[str, Field(max_length=140)]
    dias: Annotated[Entero, Field(ge=1, le=DIAS_MAXIMO)]


class Pedido(DeUnaCuenta):
    """What is asked for once the name was compared."""

    a: UUID
    nombre: Annotated[str, Field(max_length=200)] = ""
    monto: Dinero
    motivo: str
    dias: int


RECARGA = Formulario("recarga.demostracion", Recarga, _MONTO, guardable=False)
BUSQUEDA = Formulario(
    "envio",
    Busqueda,
    campos.seleccion("cuenta", _l("Desde la cuenta"), falta=_CUENTA),
    campos.texto(
        "destinatario",
        _l("Alias, carnet de identidad o celular"),
        ayuda=_EJEMPLOS,
        falta=_QUIEN,
        autocompletar="off",
        maximo=40,
    ),
    _NOMBRE,
    _MONTO,
    _NOTA,
    guardable=False,
)
ENVIO = Formulario(
    "envio.confirmacion",
    Envio,
    campos.oculto("a"),
    campos.oculto("nombre", opcional=True),
    campos.oculto("monto", lector=leer_monto),
    campos.oculto("nota", opcional=True),
    campos.oculto("cuenta"),
    campos.oculto("visto"),
    guardable=False,
)
ENVIO_A_PERSONA = Formulario(
    "envio.a_persona",
    EnvioAPersona,
    campos.seleccion("cuenta", _l("Desde la cuenta"), falta=_CUENTA),
    campos.dinero(
        "monto",
        _l("Monto"),
        falta=_l("Escriba el monto con números, por ejemplo 1.234,50."),
        opcional=True,
        autocompletar="off",
    ),
    _NOTA,
    guardable=False,
)
CODIGO = Formulario(
    "codigo_qr",
    CodigoPorHacer,
    campos.dinero(
        "monto",
        _l("Monto"),
        ayuda=_l("Vacío: lo escribe quien paga."),
        falta=_l("Escriba el monto con números, por ejemplo 1.234,50."),
        opcional=True,
        autocompletar="off",
    ),
    campos.texto(
        "nota",
        _l("Para qué es"),
        ayuda=_l("La lee quien escanea el código."),
        opcional=True,
        autocompletar="off",
        maximo=LARGO,
    ),
    campos.seleccion("dias", _l("Sirve hasta"), opciones=DURACIONES, falta=_l("Elija hasta cuándo sirve.")),
)
OLVIDO = Formulario("envio.olvidar", Nada)
CODIGO_ANULADO = Formulario("codigo_qr.anular", Nada)
BUSQUEDA_DE_QUIEN_PAGA = Formulario(
    "solicitud_de_pago",
    BusquedaDeQuienPaga,
    campos.texto(
        "pagador",
        _l("Alias, carnet o celular de quien debe pagar"),
        ayuda=_EJEMPLOS,
        falta=_QUIEN,
        autocompletar="off",
        maximo=40,
    ),
    _NOMBRE,
    _MONTO,
    campos.texto(
        "motivo",
        _l("Para qué es"),
        ayuda=_l("La persona lo lee antes de pagar."),
        falta=_l("Escriba para qué es, en hasta 140 letras."),
        maximo=140,
    ),
    campos.seleccion("dias", _l("Plazo para pagar"), opciones=PLAZOS, falta=_l("Elija un plazo.")),
    campos.seleccion("cuenta", _l("Recibir en"), falta=_CUENTA),
    lugares={"destinatario": "pagador"},
    guardable=False,
)
PEDIDO = Formulario(
    "solicitud_de_pago.confirmacion",
    Pedido,
    campos.oculto("a"),
    campos.oculto("nombre", opcional=True),
    campos.oculto("monto", lector=leer_monto),
    campos.oculto("cuenta"),
    campos.oculto("motivo"),
    campos.oculto("dias"),
    guardable=False,
)
PAGO_DE_SOLICITUD = Formulario(
    "solicitud_de_pago.pago", PagoDeSolicitud, campos.oculto("visto"), guardable=False
)
PASO_DE_SOLICITUD = Formulario("solicitud_de_pago.paso", Nada, guardable=False)
ALIAS = Formulario(
    "alias",
    AliasPorElegir,
    campos.texto(
        "alias",
        _l("Alias"),
        ayuda=_l("De 4 a 20 letras sin tilde, números y puntos. Por ejemplo ana.quispe."),
        falta=_l("Escriba el alias que quiere usar, de 4 a 20 letras."),
        autocompletar="off",
        maximo=20,
    ),
)
SIN_ALIAS = Formulario("alias.quitar", Nada)
SEGURIDAD = Formulario("billetera.seguridad", DeUnaCuenta, campos.oculto("cuenta"))

HojaDeRecarga = Annotated[Hoja[Recarga], Depends(RECARGA)]
HojaDeBusqueda = Annotated[Hoja[Busqueda], Depends(BUSQUEDA)]
HojaDeEnvio = Annotated[Hoja[Envio], Depends(ENVIO)]
HojaDeEnvioAPersona = Annotated[Hoja[EnvioAPersona], Depends(ENVIO_A_PERSONA)]
HojaDeCodigo = Annotated[Hoja[CodigoPorHacer], Depends(CODIGO)]
HojaDeOlvido = Annotated[Hoja[Nada], Depends(OLVIDO)]
HojaDeCodigoAnulado = Annotated[Hoja[Nada], Depends(CODIGO_ANULADO)]
HojaDeBusquedaDeQuienPaga = Annotated[Hoja[BusquedaDeQuienPaga], Depends(BUSQUEDA_DE_QUIEN_PAGA)]
HojaDePedido = Annotated[Hoja[Pedido], Depends(PEDIDO)]
HojaDePagoDeSolicitud = Annotated[Hoja[PagoDeSolicitud], Depends(PAGO_DE_SOLICITUD)]
HojaDePasoDeSolicitud = Annotated[Hoja[Nada], Depends(PASO_DE_SOLICITUD)]
HojaDeAlias = Annotated[Hoja[AliasPorElegir], Depends(ALIAS)]
HojaSinAlias = Annotated[Hoja[Nada], Depends(SIN_ALIAS)]
HojaDeSeguridad = Annotated[Hoja[DeUnaCuenta], Depends(SEGURIDAD)]
