"""The forms of the counter: what is weighed, who sends what to whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from fastapi import Depends
from moneyed import Money
from pydantic import BaseModel, Field, model_validator

from envios.admision.estados import Franja, Medio
from envios.admision.precio import Pesada
from envios.tarifas import CONSULTA, LADOS, Consulta, en_gramos, medidas_de
from nucleo import lectores
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.formularios.campos import Campo
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos import CuentaNoOpera, FondosInsuficientes, LimiteSuperado


class Medida(BaseModel):
    """What the scale and the tape say of a parcel."""

    peso_kg: Decimal = Field(gt=0, le=1_000)
    largo_cm: int | None = Field(None, ge=1, le=1000)
    ancho_cm: int | None = Field(None, ge=1, le=1000)
    alto_cm: int | None = Field(None, ge=1, le=1000)

    @model_validator(mode="after")
    def _con_sus_tres_lados(self) -> Self:
        self.pesada()
        return self

    def pesada(self) -> Pesada:
        return Pesada(en_gramos(self.peso_kg), medidas_de(self.largo_cm, self.ancho_cm, self.alto_cm))


_DE_MEDIR = (
    campos.cantidad(
        "peso_kg",
        _l("Peso en la balanza"),
        sufijo="kg",
        ayuda=_l("Por ejemplo: 1,5."),
        falta=_l("Escriba el peso en kilos, por ejemplo 1,5 o 0,8."),
    ),
    *LADOS,
)


def _sin_ver(de: tuple[Campo, ...]) -> Iterator[Campo]:
    """The same fields in the step that confirms: sent back, never asked."""
    for campo in de:
        lector = lectores.leer_linea if campo.control == "casilla" else campo.lector
        yield replace(campo, control="oculto", lector=lector)


MEDIDA = Formulario("envio.medida", Medida, *_DE_MEDIR)
HojaDeMedida = Annotated[Hoja[Medida], Depends(MEDIDA)]


class Confirmada(Medida):
    """Measured, shown and agreed on. `visto`: what was shown that it costs; `medio`: how it is paid."""

    model_config = {"arbitrary_types_allowed": True}
    visto: Money
    medio: Medio | None = None


_VISTO = campos.oculto("visto", lector=lectores.leer_monto)
CONFIRMACION = Formulario(
    "envio.admision",
    Confirmada,
    *_sin_ver(_DE_MEDIR),
    _VISTO,
    campos.oculto("medio", opcional=True),
    guardable=False,
)
HojaDeConfirmacion = Annotated[Hoja[Confirmada], Depends(CONFIRMACION)]


# --- A walk-in -------------------------------------------------------------------------------------------


class PorCotizar(Consulta):
    """What a walk-in wants to send, from where the agency is."""

    origen: str = ""
    servicio: str = Field("", max_length=20)


_DEL_BULTO = tuple(c for c in CONSULTA.campos if c.nombre not in ("origen", "recojo"))
COTIZACION = Formulario(
    "envio.mostrador.cotizacion",
    PorCotizar,
    *_DEL_BULTO,
    campos.oculto("servicio", vacio=""),
    lugares={"destino_ine": "destino"},
)
HojaDeCotizacion = Annotated[Hoja[PorCotizar], Depends(COTIZACION)]


class EnMostrador(PorCotizar):
    """Who sends it and who receives it, and how it is paid."""

    visto: Money
    paga: Medio = Medio.EFECTIVO
    remitente_cuenta: str = Field("", max_length=60)
    remitente_nombre: str = Field(max_length=120)
    remitente_telefono: str
    remitente_documento: str
    destinatario_nombre: str = Field(max_length=120)
    destinatario_telefono: str
    destinatario_cuenta: str = Field("", max_length=60)
    destino_referencia: str = Field(max_length=300)
    que_contiene: str = Field(max_length=200)


_CON_CUENTA = _l("Número de la unidad (UE-…), o carnet, celular o alias de la persona, con su nombre arriba.")
_DE_QUIEN_RECIBE = (
    campos.nombre("destinatario_nombre", _l("Quién recibe"), falta=_l("Escriba el nombre de quien recibe.")),
    campos.telefono("destinatario_telefono", _l("Teléfono de quien recibe"), opcional=True, vacio=""),
    campos.texto(
        "destinatario_cuenta",
        _l("Si quien recibe tiene cuenta en Qhatu"),
        maximo=60,
        opcional=True,
        vacio="",
        ayuda=_CON_CUENTA,
    ),
    campos.direccion(
        "destino_referencia",
        _l("Cómo llegar"),
        ayuda=_l("Zona, calle, color de la puerta."),
        opcional=True,  # what is collected at an agency needs none: `referencia_de`
        vacio="",
    ),
    campos.texto("que_contiene", _l("Qué contiene"), maximo=200, falta=_l("Escriba qué contiene.")),
)
MOSTRADOR = Formulario(
    "envio.mostrador",
    EnMostrador,
    *_sin_ver(_DEL_BULTO),
    campos.oculto("servicio"),
    _VISTO,
    campos.nombre("remitente_nombre", _l("Quién envía"), falta=_l("Escriba el nombre de quien envía.")),
    campos.telefono("remitente_telefono", _l("Teléfono de quien envía"), opcional=True, vacio=""),
    campos.texto(
        "remitente_documento",
        _l("Carnet o pasaporte de quien envía"),
        maximo=20,
        opcional=True,
        vacio="",
        ancho="medio",
    ),
    campos.texto(
        "remitente_cuenta",
        _l("Si quien envía tiene cuenta en Qhatu"),
        maximo=60,
        opcional=True,
        vacio="",
        ayuda=_CON_CUENTA,
    ),
    *_DE_QUIEN_RECIBE,
    campos.opciones(
        "paga",
        _l("Cómo paga"),
        opciones=lambda: [
            (Medio.EFECTIVO.value, _("En efectivo")),
            (Medio.CUENTA.value, _("Con su cuenta de Qhatu: lo aprueba en su celular")),
        ],
        opcional=True,
        vacio=Medio.EFECTIVO,
    ),
    guardable=False,
    lugares={"destino_ine": "destino", "contenido": "que_contiene", "cuenta": "paga"},
)
HojaDeMostrador = Annotated[Hoja[EnMostrador], Depends(MOSTRADOR)]


# --- Announcing ------------------------------------------------------------------------------------------


class PorAnunciar(Consulta):
    """What is announced from a quote: by which operator and service."""

    operador: UUID
    servicio: str = Field(max_length=20)


class Anunciado(PorAnunciar):
    """Who sends it, who receives it, which account pays (or cash), where it is collected."""

    visto: Money
    remitente: str = Field(max_length=40)
    destinatario_nombre: str = Field(max_length=120)
    destinatario_telefono: str
    destinatario_cuenta: str = Field("", max_length=60)
    destino_referencia: str = Field(max_length=300)
    que_contiene: str = Field(max_length=200)
    paga: str = Field(max_length=20)
    recojo_direccion: str = Field("", max_length=300)
    recojo_telefono: str = ""
    recojo_dia: date | None = None
    recojo_franja: Franja | None = None


_CUANDO = (
    campos.seleccion(
        "recojo_dia",
        _l("Qué día"),
        lector=lectores.leer_fecha,
        elija=_l("Elija un día"),
        falta=_l("Elija el día."),
    ),
    campos.opciones(
        "recojo_franja",
        _l("A qué hora"),
        opciones=lambda: [(f.value, f.texto) for f in Franja],
        falta=_l("Elija a qué hora."),
    ),
)
_DE_LA_CUENTA = [e.codigo for e in (FondosInsuficientes, LimiteSuperado, CuentaNoOpera)]
_DE_LA_OFERTA = (campos.oculto("operador"), campos.oculto("servicio"))
OFERTA = Formulario("envio.anuncio.oferta", PorAnunciar, *CONSULTA.campos, *_DE_LA_OFERTA)
HojaDeOferta = Annotated[Hoja[PorAnunciar], Depends(OFERTA)]
ANUNCIO = Formulario(
    "envio.anuncio",
    Anunciado,
    *_sin_ver(CONSULTA.campos),
    *_DE_LA_OFERTA,
    _VISTO,
    campos.seleccion("remitente", _l("Quién envía")),
    *_DE_QUIEN_RECIBE,
    campos.direccion("recojo_direccion", _l("Dónde lo recogemos"), opcional=True, vacio=""),
    campos.telefono("recojo_telefono", _l("Teléfono de donde se recoge"), opcional=True, vacio=""),
    *(replace(c, opcional=True) for c in _CUANDO),
    campos.opciones("paga", _l("Cómo se paga el franqueo"), falta=_l("Elija cómo se paga.")),
    guardable=False,
    lugares={"cuenta": "paga", "contenido": "que_contiene"} | dict.fromkeys(_DE_LA_CUENTA, "paga"),
)
HojaDeAnuncio = Annotated[Hoja[Anunciado], Depends(ANUNCIO)]


class PagoDeFranqueo(BaseModel):
    """From which account; `visto` is what was shown that it costs."""

    model_config = {"arbitrary_types_allowed": True}
    cuenta: int
    visto: Money


PAGO_DE_FRANQUEO = Formulario(
    "envio.franqueo.pago",
    PagoDeFranqueo,
    campos.opciones(
        "cuenta", _l("De qué cuenta"), lector=lectores.leer_entero, falta=_l("Elija una de sus cuentas.")
    ),
    _VISTO,
    guardable=False,
    lugares=dict.fromkeys(_DE_LA_CUENTA, "cuenta"),
)
HojaDePagoDeFranqueo = Annotated[Hoja[PagoDeFranqueo], Depends(PAGO_DE_FRANQUEO)]


class OtroDia(BaseModel):
    recojo_dia: date
    recojo_franja: Franja


OTRO_DIA = Formulario("envio.recojo.otro_dia", OtroDia, *_CUANDO)
HojaDeOtroDia = Annotated[Hoja[OtroDia], Depends(OTRO_DIA)]
PASO = Formulario("envio.recojo.paso", Nada)
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
