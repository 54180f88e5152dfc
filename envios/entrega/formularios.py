"""The forms at the door."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from envios.entrega.elegir import Eleccion
from envios.entrega.tipos import QuienPuede, Relacion
from envios.eventos import AccionIntento, CodigoBloqueado, Motivo, opciones_de_accion, opciones_de_motivo
from nucleo.archivos import ACEPTA_FOTOS, MAXIMO_BYTES, ImagenInvalida
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import leer_coordenada, leer_entero
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class EntregaEnMano(BaseModel):
    codigo_entrega: str
    relacion: Relacion = Relacion.DESTINATARIO
    receptor_nombre: str
    latitud: Decimal | None = None
    longitud: Decimal | None = None
    precision_m: int | None = None


def _relaciones() -> list[tuple[str, str]]:
    return [(r.value, r.texto) for r in Relacion if r is not Relacion.REMITENTE]


class Intento(BaseModel):
    motivo: Motivo
    accion: AccionIntento


ENTREGA = Formulario(
    "envio.entrega",
    EntregaEnMano,
    campos.texto(
        "codigo_entrega",
        _l("Código de entrega"),
        ayuda=_l("Pida los 7 dígitos a quien recibe. Están en su página de seguimiento."),
        falta=_l("Escriba el código de 7 dígitos que tiene quien recibe."),
        tipo="text",
        modo="numeric",
        maximo=9,
        ancho="medio",
        autocompletar="off",
        secreto=True,
    ),
    campos.seleccion("relacion", _l("Quién recibe"), opciones=_relaciones, opcional=True),
    campos.texto(
        "receptor_nombre",
        _l("Su nombre"),
        ayuda=_l("Si no es la misma persona destinataria."),
        maximo=120,
        opcional=True,
        vacio="",
    ),
    campos.archivo(
        "foto",
        _l("Foto de la entrega"),
        ayuda=_l("Del paquete en la puerta o en manos de quien recibe."),
        acepta=ACEPTA_FOTOS,
        bytes_maximos=MAXIMO_BYTES,
        opcional=True,
    ),
    campos.archivo(
        "firma",
        _l("Firma"),
        ayuda=_l("Una foto de la firma en papel, si la pidió."),
        acepta=ACEPTA_FOTOS,
        bytes_maximos=MAXIMO_BYTES,
        opcional=True,
    ),
    campos.oculto("latitud", lector=leer_coordenada, opcional=True),
    campos.oculto("longitud", lector=leer_coordenada, opcional=True),
    campos.oculto("precision_m", lector=leer_entero, opcional=True),
    lugares={CodigoBloqueado.codigo: "codigo_entrega", ImagenInvalida.codigo: "foto"},
    guardable=False,
)


INTENTO = Formulario(
    "envio.intento",
    Intento,
    campos.opciones(
        "motivo", _l("¿Por qué?"), opciones=opciones_de_motivo, falta=_l("Indique por qué no se entregó.")
    ),
    campos.opciones(
        "accion", _l("¿Qué sigue?"), opciones=opciones_de_accion, falta=_l("Indique qué se hará ahora.")
    ),
)


HojaDeEntrega = Annotated[Hoja[EntregaEnMano], Depends(ENTREGA)]


HojaDeIntento = Annotated[Hoja[Intento], Depends(INTENTO)]


# --- Who receives -----------------------------------------------------------------------------------------

EN_LA_PUERTA = "puerta"


class EleccionPedida(BaseModel):
    agencia: UUID | Literal["puerta"]
    dia: date | None = None
    recibe: QuienPuede
    nombre: str
    donde: str

    def eleccion(self) -> Eleccion:
        agencia_id = self.agencia if isinstance(self.agencia, UUID) else None
        return Eleccion(
            agencia_id=agencia_id,
            dia=None if agencia_id else self.dia,
            recibe=self.recibe,
            nombre=self.nombre,
            donde=self.donde,
        )


class UbicacionPedida(BaseModel):
    latitud: Decimal | None = None
    longitud: Decimal | None = None


EN_EFECTIVO = "efectivo"


class DevolucionPedida(BaseModel):
    """`oferta`: the service and what it was shown to cost; empty when the operator has no price for it."""

    contenido: str
    peso_g: int = Field(ge=1, le=1_000_000)
    oferta: str = Field("", max_length=60)
    paga: str = Field(EN_EFECTIVO, pattern=r"^(efectivo|[0-9]{1,18})$")

    @property
    def cuenta_id(self) -> int | None:
        return None if self.paga == EN_EFECTIVO else int(self.paga)


def opciones_de_quien() -> list[tuple[str, str, str]]:
    return [
        (QuienPuede.DESTINATARIO, _("Yo"), _("Con mi código.")),
        (QuienPuede.AUTORIZADO, _("Otra persona"), _("Le damos un código aparte: páseselo usted.")),
        (QuienPuede.VECINO, _("Un vecino"), _("También con un código aparte.")),
    ]


ELECCION = Formulario(
    "envio.eleccion",
    EleccionPedida,
    campos.opciones("agencia", _l("¿Dónde?"), falta=_l("Elija dónde lo quiere recibir.")),
    campos.fecha(
        "dia",
        _l("¿Qué día?"),
        ayuda=_l("Solo en su puerta: desde mañana y hasta dentro de diez días. Vacío, lo antes posible."),
        opcional=True,
    ),
    campos.opciones(
        "recibe", _l("¿Quién lo recibe?"), opciones=opciones_de_quien, falta=_l("Elija quién lo recibe.")
    ),
    campos.texto("nombre", _l("Su nombre"), ayuda=_l("Si no es usted."), maximo=120, opcional=True, vacio=""),
    campos.texto(
        "donde",
        _l("¿Cuál es la casa del vecino?"),
        ayuda=_l("Por ejemplo: puerta verde, al lado."),
        maximo=200,
        opcional=True,
        vacio="",
    ),
    lugares={"agencia_id": "agencia"},
)
UBICACION = Formulario(
    "envio.ubicacion",
    UbicacionPedida,
    *(
        campos.texto(
            nombre, etiqueta, ayuda=ayuda, lector=leer_coordenada, ancho="medio", opcional=True, maximo=20
        )
        for nombre, etiqueta, ayuda in (
            ("latitud", _l("Latitud"), _l("Por ejemplo -15,7731.")),
            ("longitud", _l("Longitud"), _l("Por ejemplo -68,6490.")),
        )
    ),
)
PRORROGA = Formulario("envio.prorroga", Nada)
DEVOLUCION = Formulario(
    "envio.devolucion",
    DevolucionPedida,
    campos.texto("contenido", _l("Qué devuelve"), maximo=200, falta=_l("Escriba qué hay en el paquete.")),
    campos.oculto("peso_g", lector=leer_entero),
    campos.opciones(
        "oferta", _l("Con qué servicio"), opcional=True, vacio="", falta=_l("Elija un servicio.")
    ),
    campos.opciones(
        "paga", _l("Cómo paga el porte"), opcional=True, vacio=EN_EFECTIVO, falta=_l("Elija cómo paga.")
    ),
    lugares={"cuenta": "paga", "cotizacion_id": "oferta"},
)

HojaDeEleccion = Annotated[Hoja[EleccionPedida], Depends(ELECCION)]
HojaDeUbicacion = Annotated[Hoja[UbicacionPedida], Depends(UBICACION)]
HojaDeProrroga = Annotated[Hoja[Nada], Depends(PRORROGA)]
HojaDeDevolucion = Annotated[Hoja[DevolucionPedida], Depends(DEVOLUCION)]
