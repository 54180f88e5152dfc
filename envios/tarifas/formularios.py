"""The forms of rates: what each asks for, in which words."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from fastapi import Depends
from moneyed import Money
from pydantic import BaseModel, Field, model_validator

from envios.tarifas.cotizar import Pedido
from envios.tarifas.errores import TarifasInvalidas
from envios.tarifas.tablas import BYTES_MAXIMOS, Que
from envios.tarifas.valores import Bulto, Medidas, en_gramos, medidas_de
from nucleo.dinero import cero
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class Consulta(BaseModel):
    """What somebody wants to send."""

    origen: str = Field(max_length=6)
    destino: str = Field(max_length=6)
    peso_kg: Decimal = Field(gt=0, le=10_000)
    largo_cm: int | None = Field(None, ge=1, le=1000)
    ancho_cm: int | None = Field(None, ge=1, le=1000)
    alto_cm: int | None = Field(None, ge=1, le=1000)
    valor_declarado: Money | None = None
    contra_entrega: Money | None = None
    recojo: bool = False

    model_config = {"arbitrary_types_allowed": True}

    @model_validator(mode="after")
    def _con_sus_tres_lados(self) -> Self:
        self._medidas()
        return self

    def _medidas(self) -> Medidas | None:
        return medidas_de(self.largo_cm, self.ancho_cm, self.alto_cm)

    def pedido(self) -> Pedido:
        bulto = Bulto(
            en_gramos(self.peso_kg),
            self._medidas(),
            self.valor_declarado or cero(),
            self.contra_entrega or cero(),
            self.recojo,
        )
        return Pedido(self.origen, self.destino, bulto)


LADOS = tuple(
    campos.entero(nombre, etiqueta, opcional=True, minimo=1, maximo=1000, sufijo="cm")
    for nombre, etiqueta in (("largo_cm", _l("Largo")), ("ancho_cm", _l("Ancho")), ("alto_cm", _l("Alto")))
)
CONSULTA = Formulario(
    "envio.consulta",
    Consulta,
    campos.seleccion("origen", _l("¿De dónde sale?"), elija=_l("Elija un municipio")),
    campos.seleccion("destino", _l("¿A dónde va?"), elija=_l("Elija un municipio")),
    campos.cantidad(
        "peso_kg",
        _l("Peso"),
        sufijo="kg",
        ayuda=_l("Ya empacado. Por ejemplo: 1,5."),
        falta=_l("Escriba el peso en kilos, por ejemplo 1,5 o 0,8."),
    ),
    *LADOS,
    campos.dinero(
        "valor_declarado",
        _l("Valor de lo que envía"),
        opcional=True,
        ayuda=_l("Si quiere asegurarlo."),
    ),
    campos.dinero(
        "contra_entrega",
        _l("Cobrar a quien recibe"),
        opcional=True,
        ayuda=_l("Si el operador debe cobrarlo al entregar."),
    ),
    campos.casilla("recojo", _l("Que lo recojan en mi casa")),
    lugares={"origen_ine": "origen", "destino_ine": "destino"},
)
HojaDeConsulta = Annotated[Hoja[Consulta], Depends(CONSULTA)]


class Comienzo(BaseModel):
    unidad: UUID


COMIENZO = Formulario("tarifario.comienzo", Comienzo, campos.oculto("unidad"))
HojaDeComienzo = Annotated[Hoja[Comienzo], Depends(COMIENZO)]


class Subida(BaseModel):
    que: Que


def _tablas() -> list[tuple[str, str]]:
    return [(que.value, que.texto) for que in Que]


SUBIDA = Formulario(
    "tarifario.subida",
    Subida,
    campos.seleccion("que", _l("¿Qué tabla?"), opciones=_tablas),
    campos.archivo(
        "archivo",
        _l("Archivo CSV o Excel"),
        bytes_maximos=BYTES_MAXIMOS,
        ayuda=_l("Hasta 10.000 líneas; reemplaza la tabla entera. La primera línea es la de la plantilla."),
        acepta=".csv,.txt,.xlsx,text/csv",
    ),
    lugares={TarifasInvalidas.codigo: "archivo"},
    guardable=False,
)
HojaDeSubida = Annotated[Hoja[Subida], Depends(SUBIDA)]


class Publicacion(BaseModel):
    desde: date


PUBLICACION = Formulario(
    "tarifario.publicacion",
    Publicacion,
    campos.fecha(
        "desde",
        _l("Rigen desde"),
        ayuda=_l("Desde las 0:00 de ese día; si es hoy, desde ahora. Lo publicado no se cambia."),
    ),
)
HojaDePublicacion = Annotated[Hoja[Publicacion], Depends(PUBLICACION)]

PASO = Formulario("tarifario.paso", Nada)
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
