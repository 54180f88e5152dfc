"""The forms of an operator's agencies and people: what each asks for, in which words."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from envios.operadores.agencias import DatosDeAgencia
from envios.operadores.palabras import CLASES, QUE_ES
from envios.operadores.tipos import ClaseAgencia
from envios.operadores.valores import Agencia
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import formato_telefono, leer_coordenada
from nucleo.semanas import Semana, Semanal, preguntas_de_la_semana, valores_de_la_semana
from nucleo.textos import perezoso as _l


class AgenciaPedida(BaseModel):
    """An agency as its page asks for it; its code, only when it is opened."""

    codigo: str = ""
    nombre: str = Field(min_length=2, max_length=80)
    clase: ClaseAgencia
    municipio_ine: str
    direccion: str
    latitud: Decimal | None = None
    longitud: Decimal | None = None
    telefono: str | None = None
    horario: Semanal = Field(default_factory=Semanal)

    def datos(self) -> DatosDeAgencia:
        sueltos = self.model_dump(exclude={"horario"})
        return DatosDeAgencia(**sueltos, semana=self.horario.semana())


class CierrePedido(BaseModel):
    motivo: str


class AsignacionPedida(BaseModel):
    persona_id: UUID
    desde: date | None = None
    hasta: date | None = None


def _clases() -> list[tuple[str, str, str]]:
    return [(c.value, str(texto), str(QUE_ES[c])) for c, texto in CLASES.items()]


_CODIGO = campos.texto(
    "codigo",
    _l("Código"),
    ayuda=_l("Cómo la llaman entre ustedes, por ejemplo PT-01. No cambia nunca."),
    ancho="medio",
    maximo=12,
    falta=_l("Use de 2 a 12 letras, números o guiones, por ejemplo PT-01."),
)
_DATOS = (
    campos.nombre("nombre", _l("Nombre"), maximo=80),
    campos.opciones("clase", _l("¿Qué es?"), opciones=_clases),
    campos.seleccion("municipio_ine", _l("Municipio"), elija=_l("Elija un municipio")),
    campos.direccion("direccion", _l("¿Cómo se llega?"), ayuda=_l("Calle o zona y una referencia.")),
    campos.texto(
        "latitud",
        _l("Latitud"),
        ayuda=_l("Por ejemplo -19,583611; vacía si no la sabe."),
        lector=leer_coordenada,
        ancho="medio",
        maximo=20,
        opcional=True,
    ),
    campos.texto("longitud", _l("Longitud"), lector=leer_coordenada, ancho="medio", maximo=20, opcional=True),
    campos.telefono("telefono", _l("Teléfono"), opcional=True),
    *preguntas_de_la_semana("horario"),
)
AGENCIA_NUEVA = Formulario("agencia.nueva", AgenciaPedida, _CODIGO, *_DATOS)
AGENCIA = Formulario("agencia", AgenciaPedida, *_DATOS)
CIERRE = Formulario(
    "agencia.cierre",
    CierrePedido,
    campos.area(
        "motivo",
        _l("¿Por qué se cierra?"),
        ayuda=_l("Lo lee quien la busque."),
        filas=2,
        maximo=300,
        falta=_l("Escriba por qué se cierra: lo verá quien la busque."),
    ),
)
PASO = Formulario("agencia.paso", Nada)
ASIGNACION = Formulario(
    "agencia.asignacion",
    AsignacionPedida,
    campos.seleccion(
        "persona_id",
        _l("Persona"),
        elija=_l("Elija una persona"),
        falta=_l("Elija a una persona con un mandato de despacho de este operador."),
    ),
    campos.fecha("desde", _l("Primer día"), ayuda=_l("Vacío: desde hoy."), opcional=True),
    campos.fecha("hasta", _l("Último día"), ayuda=_l("Vacío: hasta que termine su mandato."), opcional=True),
)


def valores_de(agencia: Agencia, semana: Semana) -> dict[str, object]:
    """What the fields hold of an agency, to edit it."""
    return AGENCIA.valores_de(agencia) | {
        "clase": agencia.clase.value,
        "telefono": formato_telefono(agencia.telefono) if agencia.telefono else "",
        **valores_de_la_semana("horario", semana),
    }


HojaDeAgenciaNueva = Annotated[Hoja[AgenciaPedida], Depends(AGENCIA_NUEVA)]
HojaDeAgencia = Annotated[Hoja[AgenciaPedida], Depends(AGENCIA)]
HojaDeCierre = Annotated[Hoja[CierrePedido], Depends(CIERRE)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
HojaDeAsignacion = Annotated[Hoja[AsignacionPedida], Depends(ASIGNACION)]
